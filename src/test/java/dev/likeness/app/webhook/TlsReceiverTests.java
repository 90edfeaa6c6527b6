package dev.likeness.app.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.outbound.TargetAddresses;
import dev.likeness.app.webhook.Deliveries.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** A receiver behind TLS, whose certificate only itself vouches for. */
class TlsReceiverTests {

    private static final String HOST = "hooks.example";
    private static final String PASSWORD = "not a secret";
    private static final String BUNDLE = "receivers";

    @TempDir
    private static Path folder;

    private static KeyStore certificate;

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
    private StubReceiver receiver;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("receiver.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + HOST,
                        "-ext",
                        "san=dns:" + HOST,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        certificate = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            certificate.load(in, PASSWORD.toCharArray());
        }
    }

    @BeforeEach
    void startReceiver() throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry(HOST, certificate.getCertificate("mykey"));
        SslBundle bundle = SslBundle.of(SslStoreBundle.of(certificate, PASSWORD, authorities));
        bundles.registerBundle(BUNDLE, bundle);
        receiver = new StubReceiver(bundle.createSslContext());
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    @Test
    void isToldWhereTheOperatorTrustsItsCertificate() throws IOException {
        assertThat(post(HOST, BUNDLE)).isEqualTo(new Result(204, null));
        assertThat(receiver.requests)
                .extracting(it -> it.header("Host"))
                .containsExactly("%s:%d".formatted(HOST, receiver.port()));
        assertThat(receiver.serverNames).containsExactly(HOST);
    }

    @Test
    void receivesNothingWithoutATrustedCertificate() throws IOException {
        assertThat(post(HOST, null)).isEqualTo(new Result(null, DeliveryError.TLS_FAILED));
        assertThat(receiver.requests).isEmpty();
    }

    @Test
    void isToldNothingThatIsForAnotherHost() throws IOException {
        assertThat(post("other.example", BUNDLE)).isEqualTo(new Result(null, DeliveryError.TLS_FAILED));
        assertThat(receiver.requests).isEmpty();
    }

    /** Every name leads to the receiver. */
    private Result post(String host, @Nullable String bundle) throws IOException {
        TargetAddresses addresses =
                new TargetAddresses(true, name -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        Duration day = Duration.ofDays(1);
        WebhookSettings settings =
                new WebhookSettings(List.of(), true, day, Duration.ofSeconds(10), day, day, bundle, 1);
        try (WebhookClient client = new WebhookConfiguration.Sending().webhookClient(addresses, settings, bundles)) {
            return client.post("https://%s:%d/hook".formatted(host, receiver.port()), Map.of(), "{}");
        }
    }
}
