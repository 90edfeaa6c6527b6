package dev.likeness.diffusion.face;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterAllocateTensors;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetInputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterGetOutputTensor;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterInvoke;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteInterpreterOptionsSetNumThreads;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelCreate;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteModelDelete;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorByteSize;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorData;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteOk;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorflowlite.TfLiteInterpreter;
import org.bytedeco.tensorflowlite.TfLiteInterpreterOptions;
import org.bytedeco.tensorflowlite.TfLiteModel;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/**
 * A network of TensorFlow Lite with one input tensor and any number of output tensors, all of floats. Use it from one
 * thread at a time.
 *
 * <p>It allocates nothing through JavaCPP, which refuses when the process uses more than four times the Java heap. A
 * process with libtorch always does.
 */
final class LiteNetwork implements AutoCloseable {

    /** TensorFlow Lite does not copy it, so it must live as long as the interpreter. */
    private final ByteBuffer content;

    private final TfLiteInterpreter interpreter;

    private LiteNetwork(ByteBuffer content, TfLiteInterpreter interpreter) {
        this.content = content;
        this.interpreter = interpreter;
    }

    /**
     * Loads a network.
     *
     * @param name for messages
     * @throws FaceDetectorException if the content is not a network, or if TensorFlow Lite is missing for this platform
     */
    static LiteNetwork of(String name, byte[] content) {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(content.length).put(content).flip();
        LiteNetwork network;
        try {
            network = new LiteNetwork(direct, interpreter(direct));
        } catch (LinkageError e) {
            throw new FaceDetectorException(
                    "TensorFlow Lite is missing for %s on %s"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                    e);
        }
        if (network.interpreter.isNull() || TfLiteInterpreterAllocateTensors(network.interpreter) != kTfLiteOk) {
            network.close();
            throw new FaceDetectorException("%s is not a network that TensorFlow Lite can run".formatted(name));
        }
        return network;
    }

    /** The pointer's address is null if the content is not a network; the pointer object never is. */
    private static TfLiteInterpreter interpreter(ByteBuffer content) {
        TfLiteModel model = TfLiteModelCreate(new BytePointer(content), content.capacity());
        if (model == null) {
            return new TfLiteInterpreter();
        }
        TfLiteInterpreterOptions options = TfLiteInterpreterOptionsCreate();
        try {
            // One thread, because training uses the other cores and there are few pictures.
            TfLiteInterpreterOptionsSetNumThreads(options, 1);
            TfLiteInterpreter interpreter = TfLiteInterpreterCreate(model, options);
            return interpreter == null ? new TfLiteInterpreter() : interpreter;
        } finally {
            TfLiteInterpreterOptionsDelete(options);
            TfLiteModelDelete(model);
        }
    }

    void run(float[] input) {
        values(TfLiteInterpreterGetInputTensor(interpreter, 0)).put(input);
        int status = TfLiteInterpreterInvoke(interpreter);
        if (status != kTfLiteOk) {
            throw new IllegalStateException("TensorFlow Lite failed with status " + status);
        }
    }

    /** The output of the last run. */
    float[] output(int index) {
        FloatBuffer values = values(TfLiteInterpreterGetOutputTensor(interpreter, index));
        float[] output = new float[values.remaining()];
        values.get(output);
        return output;
    }

    /** The tensor's own memory. */
    private static FloatBuffer values(TfLiteTensor tensor) {
        return TfLiteTensorData(tensor)
                .capacity(TfLiteTensorByteSize(tensor))
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void close() {
        TfLiteInterpreterDelete(interpreter);
        Reference.reachabilityFence(content);
    }
}
