# An authority of one's own, a key for the server and one for the user operator.
# Usage: sh certificates.sh daemon.example.org
set -eu
password=changeit

keytool -genkeypair -alias authority -dname CN=authority -ext bc:c -validity 3650 \
  -keyalg EC -groupname secp256r1 -keystore authority.p12 -storepass $password
keytool -exportcert -rfc -alias authority -keystore authority.p12 -storepass $password > authority.pem
keytool -importcert -noprompt -alias authority -file authority.pem -keystore trust.p12 -storepass $password

issue() { # file, common name, extension
  keytool -genkeypair -alias key -dname "CN=$2" -validity 730 \
    -keyalg EC -groupname secp256r1 -keystore "$1.p12" -storepass $password
  keytool -certreq -alias key -keystore "$1.p12" -storepass $password |
    keytool -gencert -rfc -alias authority -ext "$3" -validity 730 \
      -keystore authority.p12 -storepass $password > "$1.pem"
  cat authority.pem >> "$1.pem"
  keytool -importcert -noprompt -alias key -file "$1.pem" -keystore "$1.p12" -storepass $password
}
issue server "$1" "san=dns:$1"
issue operator operator eku=clientAuth
