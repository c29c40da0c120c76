# Sourced by ./aftercall and ./check: puts a JDK 25 or newer first on PATH and into JAVA_HOME, or says what to install.
wanted=25

jdk_version() { # sets found to the major version of the JDK in $1, or to nothing; asking it takes longer
  found=
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS='="' read -r name _ version _; do # no other process: every start waits for this
      [ "$name" != JAVA_VERSION ] || found=${version%%[!0-9]*}
    done <"$1/release"
  fi
  [ -n "$found" ] || found=$("$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p')
}

find_jdk() {
  for candidate in "${JAVA_HOME:-}" PATH /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "${HOME:-/root}"/.sdkman/candidates/java/current /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ "$candidate" = PATH ]; then
      on_path=$(command -v javac 2>/dev/null) || continue
      on_path=$(readlink -f "$on_path")
      candidate=${on_path%/bin/javac}
    fi
    [ -n "$candidate" ] && [ -d "$candidate" ] || continue
    jdk_version "$candidate" || true
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

# Netty's flight recorder events would wake the recorder at every start, and so would looking for a log's back end in all
# jars. Trimming gives back what compiling has taken.
AFTERCALL_JAVA_FLAGS="-XX:+UseSerialGC -Xms24m -Xmx512m -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=5000 -Dio.netty.jfr.enabled=false -Dslf4j.provider=org.slf4j.jul.JULServiceProvider -Dslf4j.internal.verbosity=WARN --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# A start touches the heap for the first time: larger pages cost less. Where there are none Java would complain (ADR 18).
pages=/sys/kernel/mm/transparent_hugepage/enabled
if [ -r "$pages" ] && read -r pages <"$pages" && [ "${pages#*\[never\]}" = "$pages" ]; then
  AFTERCALL_JAVA_FLAGS="$AFTERCALL_JAVA_FLAGS -XX:+UseTransparentHugePages"
fi
