# Sourced by ./aftercall and ./check: puts a JDK 25 or newer first on PATH and into JAVA_HOME, or says what to install.
wanted=25

jdk_version() { # prints the major version of the JDK in $1, or nothing when there is none; asking it takes longer
  [ -x "$1/bin/javac" ] || return 0
  known=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$known" ] || known=$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
  echo "$known"
}

find_jdk() {
  on_path=$(command -v javac 2>/dev/null || true)
  [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "${HOME:-/root}"/.sdkman/candidates/java/current /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] && [ -d "$candidate" ] || continue
    found=$(jdk_version "$candidate" || true)
    if [ -n "$found" ] && [ "$found" -ge $wanted ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      PATH=$JAVA_HOME/bin:$PATH
      export PATH
      return 0
    fi
  done
  return 1
}

if ! find_jdk; then
  cat >&2 <<MESSAGE
No JDK $wanted or newer was found (looked at JAVA_HOME, PATH and /usr/lib/jvm).
Install one, for example Temurin $wanted:
  Debian, Ubuntu:  apt-get install temurin-$wanted-jdk   (from Adoptium's repository) or openjdk-$wanted-jdk-headless
  Fedora, RHEL:    dnf install java-$wanted-openjdk-devel
  SDKMAN:          sdk install java $wanted-tem
or set JAVA_HOME to where it lies.
MESSAGE
  exit 1
fi

# Netty's flight recorder events would wake the recorder at every start. Trimming gives back what compiling has taken.
AFTERCALL_JAVA_FLAGS="-XX:+UseSerialGC -Xms32m -Xmx512m -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=5000 -Dio.netty.jfr.enabled=false --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
