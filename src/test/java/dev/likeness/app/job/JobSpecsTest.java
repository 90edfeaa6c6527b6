package dev.likeness.app.job;

import dev.likeness.app.ApiTest;
import dev.likeness.app.spec.JobSpec;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The resolution of the specs of jobs. */
@ApiTest
abstract class JobSpecsTest {

    @Autowired
    JobSpecs specs;

    @Autowired
    JsonMapper json;

    JobSpec resolve(String request) {
        return specs.resolve("teapot", tree(request)).spec();
    }

    ObjectNode tree(String request) {
        return (ObjectNode) json.readTree(request.replace('\'', '"'));
    }

    JsonNode value(String text) {
        return json.readTree(text.replace('\'', '"'));
    }
}
