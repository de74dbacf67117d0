# Sourced by the commands beside it: finds Python, makes .venv, installs what is pinned.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

# As root: installs Debian packages. Otherwise: names them and stops.
need_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing with apt-get: $*" >&2
        apt-get update -qq >&2 &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
    else
        echo "Missing: $*. Install with: sudo apt-get install $*" >&2
        exit 1
    fi
}

# Prints the first Python that is new enough and can make virtual environments.
find_python() {
    local python
    for python in python3.11 /usr/bin/python3.11 python3 /usr/bin/python3; do
        if "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return 0
        fi
    done
    return 1
}

make_venv() {
    .venv/bin/python -c 'import pip' 2>/dev/null && return
    local python
    python=$(find_python) || { need_packages python3 python3-venv && python=$(find_python); } ||
        { echo "Python 3.11 with venv is missing." >&2; exit 1; }
    echo "Making the virtual environment …" >&2
    "$python" -m venv --clear .venv
}

# install FILE: installs a lock file when it, or the environment, is not that of the last time.
install() {
    local sum=".venv/$1.sum"
    sha256sum --status --check "$sum" 2>/dev/null && return
    echo "Installing $1 …" >&2
    .venv/bin/python -m pip install -qq --require-hashes --only-binary :all: -r "$1" >&2 &&
        sha256sum "$1" >"$sum"
}

# Two commands that start at once must not install at once.
exec 9<bin/environment.sh
flock 9
make_venv && install requirements.txt
