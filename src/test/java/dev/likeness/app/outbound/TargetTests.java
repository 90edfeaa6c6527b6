package dev.likeness.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1"
            })
    void refusesAddressesThatAreNotPublic(String address) throws Exception {
        assertThat(TargetAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.215.14",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::200e",
                "64:ff9b::1.1.1.1"
            })
    void takesAddressesThatAre(String address) throws Exception {
        assertThat(TargetAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void refusesAHostOfWhichOneAddressIsPrivate() {
        TargetAddresses addresses = new TargetAddresses(false, host -> both());

        assertThatExceptionOfType(PrivateTargetException.class).isThrownBy(() -> addresses.resolve("both.example"));
    }

    @Test
    void takesAnyHostWhereThatIsAllowed() throws Exception {
        assertThat(new TargetAddresses(true, host -> both()).resolve("both.example"))
                .hasSize(2);
    }

    private static InetAddress[] both() throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1")};
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hook",
                "/hook",
                "//example.com/hook",
                "ftp://example.com/hook",
                "file:///etc/passwd",
                "https://",
                "https:///hook",
                "https://user:password@example.com/",
                "https://user@example.com/",
                "https://exa mple.com/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://[2606:4700::1111]:70000/",
                "https://example.com:99999999999/",
                "https://example.com:-1/",
                "https://example.com//hook",
                "javascript:alert(1)"
            })
    void refusesWhatIsNoUrlOfAReceiver(String url) {
        assertThat(TargetUrl.check(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "HTTP://example.com:8080/a/b?c=d#e",
                "http://[2606:4700::1111]/",
                "https://example.com:1/",
                "https://example.com:65535"
            })
    void takesWhatIsOne(String url) {
        assertThat(TargetUrl.check(url)).isEmpty();
    }

    @Test
    void saysWhichPortsThereAre() {
        assertThat(TargetUrl.check("https://example.com:70000/"))
                .contains("must have a port from 1 to 65535, or none; this one has 70000");
    }

    @Test
    void refusesAUrlThatIsTooLong() {
        assertThat(TargetUrl.check("https://example.com/" + "x".repeat(2048))).isPresent();
    }

    @Test
    void showsAUrlWithoutItsTokens() {
        assertThat(TargetUrl.shown("https://example.com/hook?token=secret#x")).isEqualTo("https://example.com/hook");
    }
}
