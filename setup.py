"""The one build step that pyproject.toml cannot say: resources/ travels inside the wheel as agent_desktop/resources."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithResources(build_py):
    """An editable install reads the checkout's resources/: agent_desktop.paths.resource looks in both places."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            source = Path(__file__).parent / "resources"
            shutil.copytree(source, Path(self.build_lib, "agent_desktop", "resources"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithResources})
