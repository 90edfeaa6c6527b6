package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTests {

    private static final String AVX512 = "fpu sse2 avx2 avx512f avx512dq avx512cd avx512bw avx512vl";

    @ParameterizedTest
    @CsvSource({"CPU implementer, 0x41", "flags, " + AVX512})
    void knowsNothingOfOtherProcessors(String field, String value) {
        Processor processor = Processor.of(List.of(field + "\t: " + value));

        assertThat(processor.isAmdWithAvx512()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "AuthenticAMD, " + AVX512 + ", true",
        "GenuineIntel, " + AVX512 + ", false",
        "HygonGenuine, " + AVX512 + ", false",
        "AuthenticAMD, fpu sse2 avx2, false",
        "AuthenticAMD, fpu sse2 avx2 avx512f avx512dq avx512bw avx512vl, false"
    })
    void knowsProcessorsOfAmdWithAllOfAvx512(String vendor, String flags, boolean is) {
        Processor processor = Processor.of(List.of(
                "processor\t: 0",
                "vendor_id\t: " + vendor,
                "model name\t: a name: with a colon",
                "flags\t\t: " + flags,
                "",
                "processor\t: 1",
                "vendor_id\t: other",
                "flags\t\t: none"));

        assertThat(processor.isAmdWithAvx512()).isEqualTo(is);
    }
}
