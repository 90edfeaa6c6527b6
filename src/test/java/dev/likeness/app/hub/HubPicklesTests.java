package dev.likeness.app.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Weights that are published as pickles. */
class HubPicklesTests extends HubTest {

    private static final Repository NETWORK = Repository.network("acme/net");

    @Test
    void becomeSafetensors() {
        Snapshot snapshot = convert(Map.of("pytorch_model.bin", torch("state_dict.bin")));

        assertThat(names(snapshot.folder())).containsExactlyInAnyOrder("config.json", "model.safetensors");
        assertThat(SafeTensors.open(snapshot.folder().resolve("model.safetensors"))
                        .entries())
                .containsKeys("weight", "tied", "transposed");
    }

    @Test
    void becomeSafetensorsInShards() {
        Snapshot snapshot = convert(Map.of(
                "pytorch_model-00001-of-00001.bin",
                torch("state_dict.bin"),
                "pytorch_model.bin.index.json",
                "{\"weight_map\": {\"weight\": \"pytorch_model-00001-of-00001.bin\"}}"
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(SafeTensors.openModel(snapshot.folder(), "model").entries()).containsKeys("weight", "tied");
    }

    @Test
    void areRefusedWithMoreThanTensors() {
        assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> convert(Map.of("pytorch_model.bin", torch("command.bin"))))
                .withMessageStartingWith("the weights of acme/net cannot be used: pytorch_model.bin: its pickle names"
                        + " posix.system, which is not supported");
        assertThat(hub().present(NETWORK))
                .hasValueSatisfying(it -> assertThat(it.isWhole()).isFalse());
    }

    private Snapshot convert(Map<String, byte[]> weights) {
        Map<String, byte[]> files = new TreeMap<>(weights);
        files.put("config.json", new byte[] {'{', '}'});
        server.publish("acme/net", "main", COMMIT, files);
        return hub().whole(NETWORK, DownloadWatch.NONE);
    }

    private static byte[] torch(String name) {
        return read(Path.of("src/test/resources/torch").resolve(name));
    }
}
