package dev.likeness.diffusion.tensor;

import dev.likeness.diffusion.tensor.Unpickler.None;
import dev.likeness.diffusion.tensor.Unpickler.Tuple;
import dev.likeness.diffusion.wire.Quantity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The names allowed in a pickled state dict: storages (numbers in the file), tensors (views of storages), parameters
 * (treated as tensors), and ordered dicts.
 */
final class TorchObjects implements Unpickler.Meanings {

    private static final Map<String, Element> STORAGES = Map.of(
            "torch.DoubleStorage", Element.F64,
            "torch.FloatStorage", Element.F32,
            "torch.HalfStorage", Element.F16,
            "torch.BFloat16Storage", Element.BF16,
            "torch.LongStorage", Element.I64,
            "torch.IntStorage", Element.I32,
            "torch.ShortStorage", Element.I16,
            "torch.CharStorage", Element.I8,
            "torch.ByteStorage", Element.U8,
            "torch.BoolStorage", Element.BOOL);

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "collections.OrderedDict", Function.ORDERED_DICT,
            "torch._utils._rebuild_tensor_v2", Function.TENSOR,
            "torch._utils._rebuild_parameter", Function.PARAMETER);

    private static final int SHOWN = 100;

    private final Path file;
    private final Archive archive;

    TorchObjects(Path file, Archive archive) {
        this.file = file;
        this.archive = archive;
    }

    /** Locates the bytes of storages. */
    interface Archive {

        /** @throws InvalidModelException if the storage is missing */
        Place storage(String key);
    }

    /**
     * A range of bytes in the file.
     *
     * @param begin offset of the first one
     */
    record Place(long begin, long length) {}

    private enum Function {
        ORDERED_DICT,
        TENSOR,
        PARAMETER
    }

    private record Storage(Element element, long begin, long count) {}

    @Override
    public Object global(String module, String name) {
        String path = module + "." + name;
        if (STORAGES.containsKey(path)) {
            return Objects.requireNonNull(STORAGES.get(path));
        }
        Function function = FUNCTIONS.get(path);
        if (function == null) {
            throw new InvalidModelException(
                    "its pickle names %s, which is not supported: only tensors, and what contains them,"
                                    .formatted(printable(path))
                            + " are");
        }
        return function;
    }

    @Override
    public Object call(Object global, List<Object> arguments) {
        if (!(global instanceof Function function)) {
            throw new InvalidModelException("its pickle calls an object that cannot be called");
        }
        return switch (function) {
            case ORDERED_DICT -> orderedDict(arguments);
            case TENSOR -> tensor(arguments);
            case PARAMETER -> parameter(arguments);
        };
    }

    private static Map<Object, Object> orderedDict(List<Object> arguments) {
        require(arguments.isEmpty(), "an ordered dict");
        return new LinkedHashMap<>();
    }

    /** tensor, requires_grad, backward_hooks */
    private static SafeTensors.Entry parameter(List<Object> arguments) {
        require(
                arguments.size() == 3
                        && arguments.get(0) instanceof SafeTensors.Entry
                        && arguments.get(1) instanceof Boolean
                        && isEmptyDict(arguments.get(2)),
                "a parameter");
        return (SafeTensors.Entry) arguments.get(0);
    }

    /**
     * Arguments: storage, storage_offset, size, stride, requires_grad, backward_hooks, and metadata, which change the
     * meaning of the bytes.
     */
    private SafeTensors.Entry tensor(List<Object> arguments) {
        require(
                (arguments.size() == 6 || arguments.size() == 7 && arguments.get(6) == None.NONE)
                        && arguments.get(0) instanceof Storage
                        && arguments.get(1) instanceof Long
                        && arguments.get(2) instanceof Tuple
                        && arguments.get(3) instanceof Tuple
                        && arguments.get(4) instanceof Boolean
                        && isEmptyDict(arguments.get(5)),
                "a tensor");
        Storage storage = (Storage) arguments.get(0);
        long[] shape = sizes((Tuple) arguments.get(2));
        long[] strides = sizes((Tuple) arguments.get(3));
        long offset = (Long) arguments.get(1);
        require(shape.length == strides.length && offset >= 0, "a tensor");
        return view(storage, offset, shape, strides);
    }

    private SafeTensors.Entry view(Storage storage, long offset, long[] shape, long[] strides) {
        int bytes = storage.element().bytes();
        try {
            long count = 1;
            for (long side : shape) {
                count = Math.multiplyExact(count, side);
            }
            // A tensor that repeats one element many times would take more memory than its file.
            if (count > storage.count() || Math.addExact(offset, Strided.span(shape, strides)) > storage.count()) {
                throw new InvalidModelException("a tensor reaches beyond its storage");
            }
            return new SafeTensors.Entry(
                    file,
                    storage.element(),
                    shape,
                    storage.begin() + offset * bytes,
                    count * bytes,
                    Strided.isRowMajor(shape, strides) ? null : strides);
        } catch (ArithmeticException e) {
            throw new InvalidModelException("a tensor is larger than any file", e);
        }
    }

    /** ('storage', type, key, device, elements) */
    @Override
    public Object persistent(Object id) {
        List<Object> parts = id instanceof Tuple tuple ? tuple.items() : List.of();
        require(
                parts.size() == 5
                        && parts.get(0).equals("storage")
                        && parts.get(1) instanceof Element
                        && parts.get(2) instanceof String
                        && parts.get(3) instanceof String
                        && parts.get(4) instanceof Long,
                "a storage");
        Element element = (Element) parts.get(1);
        String key = (String) parts.get(2);
        long count = (Long) parts.get(4);
        Place place = archive.storage(key);
        if (place.length() % element.bytes() != 0 || count != place.length() / element.bytes()) {
            throw new InvalidModelException("storage %s has %s, which %s not match %s of %s"
                    .formatted(
                            printable(key),
                            Quantity.of(place.length(), "byte"),
                            place.length() == 1 ? "does" : "do",
                            Quantity.of(count, "element"),
                            element));
        }
        return new Storage(element, place.begin(), count);
    }

    private static long[] sizes(Tuple tuple) {
        long[] sizes = new long[tuple.items().size()];
        for (int i = 0; i < sizes.length; i++) {
            require(tuple.items().get(i) instanceof Long size && size >= 0, "a tensor");
            sizes[i] = (Long) tuple.items().get(i);
        }
        return sizes;
    }

    private static boolean isEmptyDict(Object value) {
        return value == None.NONE || value instanceof Map<?, ?> dict && dict.isEmpty();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new InvalidModelException("its pickle makes %s from unsupported arguments".formatted(what));
        }
    }

    /** Makes a name safe to display: a file may contain any text. */
    static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "...";
    }
}
