/**
 * What the program promises when things break, each promise with a test of its own.
 *
 * <p>Real nodes run in network namespaces ({@link io.imagebus.fault.NetworkLab}); a {@link
 * io.imagebus.fault.Fault} breaks something and heals it; cameras and displays write down what they
 * sent and showed ({@link io.imagebus.fault.LedgerCamera}, {@link
 * io.imagebus.fault.LedgerDisplay}); at the end every account of every hop must agree with these
 * ledgers to the number ({@link io.imagebus.fault.LedgerCheck}). Needs Linux, root, {@code ip},
 * {@code tc} and {@code iptables}.
 */
package io.imagebus.fault;
