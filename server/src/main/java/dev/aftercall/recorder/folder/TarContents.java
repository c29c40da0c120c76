package dev.aftercall.recorder.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.fetch.disk.Tar;
import dev.aftercall.recorder.bigbluebutton.BigBlueButton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Archives as BigBlueButton's servers leave them for Scalelite: {@code {format}/{recordID}/…}. Only
 * what is wanted of them is named; nothing is unpacked.
 */
record TarContents(Path root) implements Contents {
  private static final int LARGEST_METADATA = 1 << 20;

  @Override
  public boolean takes(String name) {
    return name.endsWith(".tar");
  }

  @Override
  public String envelope(Claim claim) throws IOException {
    ObjectNode envelope = claim.words().deepCopy();
    try (SecureDirectoryStream<Path> folder = Dirs.below(root, claim.steps());
        SeekableByteChannel tar =
            folder.newByteChannel(
                Path.of(claim.name()),
                Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      for (Tar.Member member : Tar.members(tar)) {
        if (BigBlueButton.media(member.name())) {
          envelope
              .withArray("media")
              .addObject()
              .put("name", member.name())
              .put("size", member.size());
        } else if (BigBlueButton.metadata(member.name()) && member.size() <= LARGEST_METADATA) {
          envelope.withArray("metadata").add(text(tar, member));
        }
      }
    }
    return envelope.toString();
  }

  private static String text(SeekableByteChannel tar, Tar.Member member) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) member.size());
    tar.position(member.offset());
    while (bytes.hasRemaining() && tar.read(bytes) >= 0) {
      // until it is full
    }
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }
}
