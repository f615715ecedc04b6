#!/bin/bash
# Fetch a real Asterisk for the end-to-end tests: from the Debian mirror that apt is set up for, without root and without
# touching this system's packages. It ends up in .asterisk/ (or $AGENT_DESKTOP_ASTERISK), trimmed to what the tests load.
#   tools/get_asterisk.sh           fetch it unless it is there (20-30 s)
#   tools/get_asterisk.sh --check   exit 0 when it is there
# Debian's stable release has no Asterisk; unstable has, and bullseye had one.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
modules=$root/tests/end_to_end/asterisk_etc/modules.conf
dest=${AGENT_DESKTOP_ASTERISK:-$root/.asterisk}
key=$(cat "$0" "$modules" | sha256sum | cut -c1-16)
[ "$(cat "$dest/key" 2>/dev/null)" = "$key" ] && exit 0
[ "${1:-}" = --check ] && exit 1

mirror_of_apt() {
    local uris
    uris=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sort -u)
    [ -n "$uris" ] || uris=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/*$' | sort -u)
    head -1 <<<"$uris"
}

download() { # suite: into $work/archives
    mkdir -p "$work"/lists/partial "$work"/archives/partial "$work"/root
    : >"$work/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main" >"$work/sources.list"
    # unstable's index has a date of expiry that an offline mirror may have passed
    cat >"$work/apt.conf" <<END
Dir::Etc::sourcelist "$work/sources.list"; Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null"; Dir::Etc::preferences "/dev/null";
Dir::State "$work"; Dir::State::lists "$work/lists"; Dir::State::status "$work/status"; Dir::State::extended_states "$work/ext";
Dir::Cache "$work"; Dir::Cache::archives "$work/archives";
APT::Install-Recommends "false"; APT::Sandbox::User ""; Debug::NoLocking "true";
Acquire::Check-Valid-Until "false"; Acquire::Languages "none"; Acquire::Retries "3";
END
    APT_CONFIG=$work/apt.conf apt-get -qq update &&
        APT_CONFIG=$work/apt.conf apt-get -qq -y --download-only install asterisk >"$work/log"
}

trim() { # from $work/root to $work/out: asterisk, its modules, the libraries they load, and the XML that modules read
    local in=$work/root out=$work/out lib mods loader paths
    lib=$(cd "$in" && ls -d usr/lib/*-linux-gnu* | head -1)
    mods=$(cd "$in" && ls -d "$lib"/asterisk/modules usr/lib/asterisk/modules 2>/dev/null | head -1)
    loader=$(find "$in" \( -name 'ld-linux*.so.*' -o -name 'ld-2*.so' \) | head -1)
    paths=$in/$lib:$in/lib/${lib##*/}:$in/usr/lib
    mkdir -p "$out"/{sbin,lib,modules,data}
    cp "$in/usr/sbin/asterisk" "$out/sbin/"
    sed -n 's/^ *\(pre\)\?load *= *//p' "$modules" | while read -r module; do
        if [ -e "$in/$mods/$module" ]; then cp "$in/$mods/$module" "$out/modules/"; else echo "no $module in this version"; fi
    done
    cp -r "$in/usr/share/asterisk/documentation" "$out/data/"
    for binary in "$out"/sbin/asterisk "$out"/modules/*.so; do "$loader" --library-path "$paths" --list "$binary"; done >"$work/libraries"
    if grep 'not found' "$work/libraries"; then return 1; fi
    awk '/=> \//{print $3}' "$work/libraries" | sort -u | xargs -I{} cp -L {} "$out/lib/"
    # what libsrtp's crypto opens by name, unseen by the list above; Asterisk ends without it
    find "$in" \( -name 'libsoftokn3.*' -o -name 'libfreebl*' -o -name 'libnssdbm3.*' \) -exec cp -L {} "$out/lib/" \;
    cp -L "$loader" "$out/lib/ld.so"
    "$out/lib/ld.so" --library-path "$out/lib" "$out/sbin/asterisk" -V
}

mirror=$(mirror_of_apt)
[ -n "$mirror" ] || { echo "apt names no Debian mirror" >&2; exit 1; }
rm -rf "$dest"
mkdir -p "$dest"
for suite in sid bullseye; do
    work=$(mktemp -d "$dest/work-XXXXXX")
    if download "$suite"; then
        for package in "$work"/archives/*.deb; do
            case ${package##*/} in perl* | gnupg* | *-sounds-* | libsnmp* | tzdata* | asterisk-config* | libperl* | gpg* | pinentry* | dirmngr*) ;;
            *) dpkg-deb -x "$package" "$work/root" ;; esac
        done
        if trim; then
            (cd "$work/archives" && sha256sum ./*.deb) >"$dest/manifest.sha256"
            mv "$work/out" "$dest/root"
            rm -rf "$work"
            echo "$key" >"$dest/key"
            exit 0
        fi
    fi
    echo "Asterisk of $suite could not be had; $work has the log" >&2
done
exit 1
