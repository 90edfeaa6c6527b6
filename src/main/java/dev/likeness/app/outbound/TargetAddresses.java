package dev.likeness.app.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The permitted addresses of targets: those of the public internet, or all. A client that connects to the addresses
 * resolved here cannot be redirected by a name that resolves differently the second time.
 */
public final class TargetAddresses {

    /** IANA's special-purpose registry for IPv4, and multicast. */
    private static final List<Block> SPECIAL_4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    /** The block for global unicast. */
    private static final Block GLOBAL_6 = block("2000::/3");

    /** Exceptions in that block: the IETF's own with Teredo, examples, 6to4. */
    private static final List<Block> SPECIAL_6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** IPv4 behind a translator: the last four bytes are checked. */
    private static final Block TRANSLATED = block("64:ff9b::/96");

    private final boolean allowPrivate;
    private final Resolver resolver;

    public TargetAddresses(boolean allowPrivate, Resolver resolver) {
        this.allowPrivate = allowPrivate;
        this.resolver = resolver;
    }

    /**
     * The addresses of a host. All of them are permitted.
     *
     * @throws PrivateTargetException if one of them is forbidden
     * @throws UnknownHostException if the name cannot be resolved
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (!allowPrivate && !Arrays.stream(addresses).allMatch(TargetAddresses::isPublic)) {
            throw new PrivateTargetException(host);
        }
        return addresses;
    }

    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_4.stream().noneMatch(it -> it.holds(address.getAddress()));
        }
        byte[] bytes = address.getAddress();
        if (TRANSLATED.holds(bytes)) {
            byte[] last = Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length);
            return SPECIAL_4.stream().noneMatch(it -> it.holds(last));
        }
        return address instanceof Inet6Address
                && GLOBAL_6.holds(bytes)
                && SPECIAL_6.stream().noneMatch(it -> it.holds(bytes));
    }

    private static List<Block> blocks(String... cidr) {
        return Stream.of(cidr).map(TargetAddresses::block).toList();
    }

    private static Block block(String cidr) {
        String[] parts = cidr.split("/", 2);
        try {
            return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr, e);
        }
    }

    /** Resolves names. */
    @FunctionalInterface
    public interface Resolver {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** A block of addresses with the same first bits. */
    private record Block(byte[] start, int bits) {

        boolean holds(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
