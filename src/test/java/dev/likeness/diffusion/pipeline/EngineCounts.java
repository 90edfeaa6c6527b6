package dev.likeness.diffusion.pipeline;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.InitializationStrategy;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.agent.builder.AgentBuilder.TypeStrategy;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;

/**
 * Counts what the engine asks of libtorch, until closed. The counters are in the loaded classes of DJL, so they see every
 * call.
 *
 * @param calls of libtorch
 * @param arrays NDArrays that were created
 * @param bytes copied from Java to tensors and back
 */
public record EngineCounts(long calls, long arrays, long bytes) {

    /** Since the start of the virtual machine, while a {@link Counting} is open. Public, because the code in DJL's classes adds to them. */
    public static final AtomicLong CALLS = new AtomicLong();

    public static final AtomicLong ARRAYS = new AtomicLong();
    public static final AtomicLong BYTES = new AtomicLong();

    static EngineCounts now() {
        return new EngineCounts(CALLS.get(), ARRAYS.get(), BYTES.get());
    }

    EngineCounts since(EngineCounts before) {
        return new EngineCounts(calls - before.calls, arrays - before.arrays, bytes - before.bytes);
    }

    /** Counters in the classes of DJL. */
    static final class Counting implements AutoCloseable {

        private final ResettableClassFileTransformer counters;

        Counting() {
            counters = new AgentBuilder.Default()
                    .disableClassFormatChanges()
                    .with(RedefinitionStrategy.RETRANSFORMATION)
                    .with(InitializationStrategy.NoOp.INSTANCE)
                    .with(TypeStrategy.Default.REDEFINE)
                    .type(named(JniUtils.class.getName()))
                    .transform((builder, type, loader, module, domain) -> builder.visit(
                                    Advice.to(Call.class).on(isPublic().and(isStatic())))
                            .visit(Advice.to(Copy.class)
                                    .on(named("createNdFromByteBuffer").or(named("set"))))
                            .visit(Advice.to(CopyBack.class).on(named("getByteBuffer"))))
                    .type(named(PtNDArray.class.getName()))
                    .transform((builder, type, loader, module, domain) ->
                            builder.visit(Advice.to(Creation.class).on(isConstructor())))
                    .installOn(ByteBuddyAgent.install());
        }

        @Override
        public void close() {
            counters.reset(ByteBuddyAgent.getInstrumentation(), RedefinitionStrategy.RETRANSFORMATION);
        }
    }

    /** Code at the start of each call. */
    public static final class Call {

        private Call() {}

        @Advice.OnMethodEnter
        static void enter() {
            CALLS.incrementAndGet();
        }
    }

    /** Code at the end of each constructor. */
    public static final class Creation {

        private Creation() {}

        @Advice.OnMethodExit
        static void exit() {
            ARRAYS.incrementAndGet();
        }
    }

    /** Code at the start of copies into tensors. */
    public static final class Copy {

        private Copy() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(1) ByteBuffer data) {
            BYTES.addAndGet(data.remaining());
        }
    }

    /** Code at the end of copies out of tensors. */
    public static final class CopyBack {

        private CopyBack() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return ByteBuffer data) {
            BYTES.addAndGet(data.remaining());
        }
    }
}
