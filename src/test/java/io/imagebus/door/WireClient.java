package io.imagebus.door;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sees the bytes as they are on the wire. */
final class WireClient implements AutoCloseable {

  /** One frame of the server. */
  record Frame(int firstByte, int lengthByte, byte[] payload) {

    int opcode() {
      return firstByte & 0x0F;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  WireClient(int port, int receiveBufferBytes, String headers) throws IOException {
    socket.setReceiveBufferSize(receiveBufferBytes);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    String request =
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + headers
            + "\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    int ends = 0;
    while (ends < 4) {
      int c = in.readUnsignedByte();
      ends = c == '\r' || c == '\n' ? ends + 1 : 0;
    }
  }

  Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length =
        switch (second & 0x7F) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second & 0x7F;
        };
    return new Frame(first, second, in.readNBytes((int) length));
  }

  /** Sends a short frame, masked with zeros. */
  void send(int opcode, byte[] payload) throws IOException {
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    out.write(frame);
  }

  /** Reads on; -1 at the end of the connection. */
  int readByte() throws IOException {
    return in.read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
