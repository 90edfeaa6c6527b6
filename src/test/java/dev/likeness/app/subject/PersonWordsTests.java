package dev.likeness.app.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonWordsTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "man",
                "Woman",
                "boys",
                "people",
                "PERSON",
                "young woman",
                "old-man",
                "girl with a dog",
                "man in a suit"
            })
    void meanPeople(String classWord) {
        assertThat(PersonWords.mean(classWord)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"teapot", "snowman", "man's hat", "boy band poster", "dog with a man", "with", "7", "狗"})
    void meanOtherThings(String classWord) {
        assertThat(PersonWords.mean(classWord)).isFalse();
    }
}
