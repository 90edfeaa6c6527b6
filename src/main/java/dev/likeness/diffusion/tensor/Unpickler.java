package dev.likeness.diffusion.tensor;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pickles of {@code torch.save}: protocol 2 with numbers, strings, tuples, lists and dicts. A pickle is a program
 * for a stack machine. This implementation has no harmful instruction, and {@link Meanings} decides which names and
 * calls are allowed.
 *
 * <p>Python's values become {@link Long}, {@link Double}, {@link Boolean}, {@link String}, {@link Tuple}, {@link List},
 * {@link Map} and {@link None}.
 */
final class Unpickler {

    private static final int PROTOCOL = 2;

    /**
     * Far more than any model's tensors need. The limit matters because an instruction of one byte may create a large
     * object.
     */
    private static final int MOST_INSTRUCTIONS = 1 << 21;

    /** Marks the beginning of a tuple on the stack, or of items to add to a dict or list. */
    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final Meanings meanings;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();

    Unpickler(byte[] pickle, Meanings meanings) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
        this.meanings = meanings;
    }

    /** The meanings of a pickle's names. Each method throws {@link InvalidModelException} for unknown ones. */
    interface Meanings {

        /** A member of a module. */
        Object global(String module, String name);

        /** The result of calling a member. */
        Object call(Object global, List<Object> arguments);

        /** An object outside the pickle. */
        Object persistent(Object id);
    }

    /** Python's tuple. */
    record Tuple(List<Object> items) {}

    /** Python's None. */
    enum None {
        NONE
    }

    /**
     * Reads the single value of the pickle.
     *
     * @throws InvalidModelException naming what is unsupported or wrong
     */
    Object read() {
        try {
            if (opcode() != PickleOpcode.PROTO) {
                throw new InvalidModelException("its pickle does not begin with protocol " + PROTOCOL);
            }
            protocol();
            int executed = 0;
            for (PickleOpcode next = opcode(); next != PickleOpcode.STOP; next = opcode()) {
                if (++executed > MOST_INSTRUCTIONS) {
                    throw new InvalidModelException(
                            "its pickle has more than %d instructions".formatted(MOST_INSTRUCTIONS));
                }
                execute(next);
            }
        } catch (BufferUnderflowException e) {
            throw new InvalidModelException("its pickle is cut short", e);
        }
        Object value = pop();
        if (!stack.isEmpty() || in.hasRemaining()) {
            throw new InvalidModelException("its pickle holds more than one value");
        }
        return value;
    }

    private PickleOpcode opcode() {
        byte code = in.get();
        return PickleOpcode.of(code)
                .orElseThrow(() -> new InvalidModelException(
                        "its pickle has 0x%02x, which is not an instruction".formatted(Byte.toUnsignedInt(code))));
    }

    private void protocol() {
        int protocol = unsignedByte();
        if (protocol != PROTOCOL) {
            throw new InvalidModelException("its pickle has protocol %d; only %d, which torch.save writes, is supported"
                    .formatted(protocol, PROTOCOL));
        }
    }

    private void execute(PickleOpcode opcode) {
        switch (opcode) {
            case PROTO -> protocol();
            case NONE -> push(None.NONE);
            case NEWTRUE -> push(true);
            case NEWFALSE -> push(false);
            case BININT -> push((long) in.getInt());
            case BININT1 -> push((long) unsignedByte());
            case BININT2 -> push((long) Short.toUnsignedInt(in.getShort()));
            case LONG1 -> push(longInteger());
            case BINFLOAT -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case BINUNICODE -> push(string(Integer.toUnsignedLong(in.getInt())));
            case EMPTY_TUPLE -> push(new Tuple(List.of()));
            case TUPLE1 -> push(new Tuple(popLast(1)));
            case TUPLE2 -> push(new Tuple(popLast(2)));
            case TUPLE3 -> push(new Tuple(popLast(3)));
            case TUPLE -> push(new Tuple(popToMark()));
            case EMPTY_LIST -> push(new ArrayList<>());
            case APPEND -> append(popLast(1));
            case APPENDS -> append(popToMark());
            case EMPTY_DICT -> push(new LinkedHashMap<>());
            case SETITEM -> setItems(popLast(2));
            case SETITEMS -> setItems(popToMark());
            case MARK -> push(MARK);
            case BINPUT -> memo.put((long) unsignedByte(), peek());
            case LONG_BINPUT -> memo.put(Integer.toUnsignedLong(in.getInt()), peek());
            case BINGET -> recall(unsignedByte());
            case LONG_BINGET -> recall(Integer.toUnsignedLong(in.getInt()));
            case GLOBAL -> push(meanings.global(line(), line()));
            case REDUCE -> reduce();
            case BUILD -> build();
            case BINPERSID -> push(meanings.persistent(pop()));
            default ->
                throw new InvalidModelException(
                        "its pickle has the instruction %s, which is not supported: only tensors,"
                                        .formatted(opcode.name())
                                + " and what contains them, are");
        }
    }

    private void reduce() {
        List<Object> arguments = popTuple();
        push(meanings.call(pop(), arguments));
    }

    /** Ignores attributes of a dict, such as a state dict's _metadata: they do not describe tensors. */
    private void build() {
        Object state = pop();
        if (!(state instanceof Map) || !(peek() instanceof Map)) {
            throw new InvalidModelException("its pickle sets attributes of something that is not a dict");
        }
    }

    private void setItems(List<Object> items) {
        if (!(peek() instanceof Map<?, ?>) || items.size() % 2 != 0) {
            throw new InvalidModelException("its pickle puts something into what is not a dict");
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> dict = (Map<Object, Object>) peek();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            // Hashing other keys may never end.
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw new InvalidModelException("its pickle holds a key that is neither text nor number");
            }
            dict.put(key, items.get(i + 1));
        }
    }

    private void append(List<Object> items) {
        if (!(peek() instanceof List<?>)) {
            throw new InvalidModelException("its pickle appends something to what is not a list");
        }
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) peek();
        list.addAll(items);
    }

    private void recall(long index) {
        Object value = memo.get(index);
        if (value == null) {
            throw damaged();
        }
        push(value);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object peek() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw damaged();
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = peek();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<Object> popTuple() {
        if (!(pop() instanceof Tuple tuple)) {
            throw damaged();
        }
        return tuple.items();
    }

    private List<Object> popLast(int count) {
        Object[] values = new Object[count];
        for (int i = count - 1; i >= 0; i--) {
            values[i] = pop();
        }
        return List.of(values);
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw damaged();
        }
        List<Object> above = stack.subList(mark + 1, stack.size());
        List<Object> values = List.copyOf(above);
        stack.subList(mark, stack.size()).clear();
        return values;
    }

    private int unsignedByte() {
        return Byte.toUnsignedInt(in.get());
    }

    /** An integer in two's complement with any number of bytes. Sizes of tensors need at most eight. */
    private long longInteger() {
        int length = unsignedByte();
        if (length > Long.BYTES) {
            throw new InvalidModelException("its pickle holds a number of %d bytes".formatted(length));
        }
        long value = 0;
        byte last = 0;
        for (int i = 0; i < length; i++) {
            last = in.get();
            value |= (long) Byte.toUnsignedInt(last) << (Byte.SIZE * i);
        }
        boolean negative = last < 0 && length < Long.BYTES;
        return negative ? value - (1L << (Byte.SIZE * length)) : value;
    }

    private String string(long length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (byte next = in.get(); next != '\n'; next = in.get()) {
            line.append((char) Byte.toUnsignedInt(next));
        }
        return line.toString();
    }

    private static InvalidModelException damaged() {
        return new InvalidModelException("its pickle is damaged");
    }
}
