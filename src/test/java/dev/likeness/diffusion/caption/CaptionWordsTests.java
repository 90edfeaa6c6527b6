package dev.likeness.diffusion.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionWordsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a dog on a beach | a sks dog on a beach",
                "a Dog, a dog and a cat | a sks dog, a sks dog and a cat",
                "the dog's bowl | the sks dog's bowl",
                "dog | sks dog",
            })
    void namesTheSubjectWhereItsClassStands(String caption, String named) {
        assertThat(new CaptionWords("dog", "sks", true).name(caption)).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two dogs on a beach | sks dog, two dogs on a beach",
                "a hotdog | sks dog, a hotdog",
                "a dog-shaped cake | sks dog, a dog-shaped cake",
                "a hund\u00e4dog | sks dog, a hund\u00e4dog",
                "a cat | sks dog, a cat",
                "'' | sks dog",
            })
    void namesTheSubjectInFrontWhereItsClassIsNoWordOfTheCaption(String caption, String named) {
        assertThat(new CaptionWords("dog", "sks", true).name(caption)).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a dog on a beach | a sks on a beach",
                "two dogs | sks, two dogs",
                "a SKS dog | a sks",
            })
    void letsTheIdentifierStandForTheClass(String caption, String named) {
        assertThat(new CaptionWords("dog", "sks", false).name(caption)).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a dog on a beach | true", "two dogs | true", "a dog on a beach | false", "two dogs | false"})
    void changesNothingTheSecondTime(String caption, boolean keepClassWord) {
        CaptionWords words = new CaptionWords("dog", "sks", keepClassWord);

        assertThat(words.name(words.name(caption))).isEqualTo(words.name(caption));
    }

    @Test
    void findsAClassOfSeveralWordsHoweverTheyAreSpaced() {
        CaptionWords words = new CaptionWords(" rubber duck ", "<my-duck>", true);

        assertThat(words.name("a yellow Rubber  duck")).isEqualTo("a yellow <my-duck> rubber duck");
        assertThat(words.name("a rubber boot and a duck")).isEqualTo("<my-duck> rubber duck, a rubber boot and a duck");
    }

    @Test
    void takesSignsOfTheWordsAsTheyAre() {
        assertThat(new CaptionWords("c.t", "$1\\", true).name("a cat and a c.t"))
                .isEqualTo("a cat and a $1\\ c.t");
    }

    @Test
    void escapesWhatWouldBePromptSyntaxInTheName() {
        CaptionWords words = new CaptionWords("bear (plush)", "<a\\(1\\)>", true);

        String named = words.name("a Bear (plush) on a beach");

        assertThat(named).isEqualTo("a <a\\(1\\)> bear \\(plush\\) on a beach");
        assertThat(words.name(named)).isEqualTo(named);
        assertThat(words.name("a <A(1)> on a beach")).isEqualTo("a <a\\(1\\)> on a beach");
    }

    @Test
    void refusesBlankWords() {
        assertThatThrownBy(() -> new CaptionWords(" ", "sks", true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CaptionWords("dog", "", true)).isInstanceOf(IllegalArgumentException.class);
    }
}
