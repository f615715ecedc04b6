"""The site this database belongs to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from agent_desktop.data.models import Site
from agent_desktop.data.rows import SiteRow


def site(session: Session) -> SiteRow:
    """The one site row."""
    row = session.execute(select(Site.site_id, Site.name, Site.region, Site.practice, Site.time_zone)).one()
    return SiteRow(row.site_id, row.name, row.region, row.practice, row.time_zone)
