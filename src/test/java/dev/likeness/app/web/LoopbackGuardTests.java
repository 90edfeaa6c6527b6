package dev.likeness.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.likeness.app.web.LoopbackGuard.OpenToOthersException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class LoopbackGuardTests {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1"})
    void letsThisMachineIn(String address) {
        assertThatNoException().isThrownBy(() -> guard(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.7"})
    void refusesToListenToOthers(String address) {
        assertThatExceptionOfType(OpenToOthersException.class).isThrownBy(() -> guard(InetAddress.getByName(address)));
    }

    @Test
    void refusesToListenToEverybodyByOmission() {
        assertThatExceptionOfType(OpenToOthersException.class).isThrownBy(() -> guard(null));
    }

    @Test
    void saysWhatToDo() throws UnknownHostException {
        OpenToOthersException refused = new OpenToOthersException(InetAddress.getByName("0.0.0.0"));

        assertThat(Objects.requireNonNull(new OpenToOthersFailureAnalyzer().analyze(refused))
                        .getDescription())
                .contains("server.address is 0.0.0.0", "no authentication");
    }

    private static void guard(@Nullable InetAddress address) {
        ServerProperties server = new ServerProperties();
        server.setAddress(address);
        new LoopbackGuard(server);
    }
}
