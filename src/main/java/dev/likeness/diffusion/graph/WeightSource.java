package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights that can be read as often as they are needed: a network does not have to keep them in memory. */
public interface WeightSource {

    /** The shape of each weight, by its name in the network. */
    Map<String, long[]> shapes();

    /**
     * Reads one weight as fp32.
     *
     * @param manager owns it
     */
    NDArray read(NDManager manager, String name);

    /** Only the weights that some topologies need. */
    default WeightSource only(Iterable<String> names) {
        Map<String, long[]> some = new LinkedHashMap<>();
        names.forEach(name -> some.put(name, shapes().get(name)));
        WeightSource all = this;
        return new WeightSource() {
            @Override
            public Map<String, long[]> shapes() {
                return Collections.unmodifiableMap(some);
            }

            @Override
            public NDArray read(NDManager manager, String name) {
                return all.read(manager, name);
            }
        };
    }
}
