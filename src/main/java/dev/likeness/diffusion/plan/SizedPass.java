package dev.likeness.diffusion.plan;

import dev.likeness.diffusion.graph.Block;
import dev.likeness.diffusion.graph.Ops;
import dev.likeness.diffusion.graph.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a topology on sizes instead of values, and records the memory of each block. */
final class SizedPass implements Ops<Sized> {

    private final KeptActivations kept;
    private final List<BlockMemory> blocks = new ArrayList<>();
    /** For each block the first and the last block that uses its result. */
    private final List<int[]> uses = new ArrayList<>();

    private long widest;

    private SizedPass(KeptActivations kept) {
        this.kept = kept;
    }

    /**
     * The significant blocks, in order.
     *
     * @param places positions of the first input, the sample; other inputs are negligible
     */
    static List<BlockMemory> of(Topology topology, KeptActivations kept, long places) {
        return run(topology, kept, places).joined();
    }

    /** Number of values of the largest tensor between blocks, for one sample. */
    static long widest(Topology topology, long places) {
        return run(topology, KeptActivations.PASSED, places).widest;
    }

    private static SizedPass run(Topology topology, KeptActivations kept, long places) {
        SizedPass pass = new SizedPass(kept);
        List<Sized> inputs =
                new ArrayList<>(Collections.nCopies(topology.inputs().size(), Sized.NOTHING));
        inputs.set(0, Sized.sample(places));
        topology.build(pass, inputs);
        return pass;
    }

    @Override
    public Sized apply(Block block, List<Sized> inputs) {
        KernelMemory memory = KernelMemory.of(block, inputs, kept);
        widest = Math.max(widest, memory.channels() * memory.places());
        if (!memory.counts()) {
            return new Sized(memory.channels(), memory.places(), inputs.get(0).producer());
        }
        int number = blocks.size();
        inputs.stream().mapToInt(Sized::producer).filter(it -> it >= 0).forEach(it -> use(it, number));
        uses.add(new int[] {-1, -1});
        blocks.add(memory.block(block));
        return new Sized(memory.channels(), memory.places(), number);
    }

    private void use(int producer, int user) {
        int[] ofProducer = uses.get(producer);
        if (ofProducer[0] < 0) {
            ofProducer[0] = user;
        }
        ofProducer[1] = user;
    }

    /** The gradient of a value with several uses is held from its last user back to its producer. */
    private List<BlockMemory> joined() {
        for (int producer = 0; producer < uses.size(); producer++) {
            int last = uses.get(producer)[1];
            if (last > uses.get(producer)[0]) {
                BlockMemory skipping = blocks.get(producer).skipping();
                blocks.set(producer, skipping);
                blocks.set(last, blocks.get(last).joining(skipping.out()));
            }
        }
        return blocks;
    }
}
