package dev.aftercall.picture;

import dev.aftercall.content.ContentKey;
import dev.aftercall.recording.Picture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be drawn, is being drawn, and was. Every method is one durable transaction. Bytes come
 * behind an intent and before the picture, so that what a crash leaves behind is known.
 */
public interface Pictures {
  /**
   * A recording to draw.
   *
   * @param size in bytes
   */
  record Subject(UUID tenant, UUID artifact, String mediaType, long size, Duration length) {
    /** Where its bytes are kept. */
    public ContentKey contentKey() {
      return new ContentKey(tenant, artifact);
    }
  }

  /** Something that may have bytes in the store, and is no picture. */
  record Intent(UUID tenant, UUID artifact) {
    /** Where they are kept. */
    public ContentKey contentKey() {
      return new ContentKey(tenant, artifact);
    }
  }

  /** Makes due again what a process that is gone had in hand; only where one alone uses all. */
  void resume();

  /**
   * The recording that is due longest; not due again before a tick, unless another says so.
   *
   * @param until ticks
   */
  Optional<Subject> due(long now, long until);

  /**
   * Writes down that bytes will be kept under these keys.
   *
   * @return false, and nothing written, where the recording is gone or in the trash
   */
  boolean intend(Subject subject, List<Picture> pictures, long now);

  /**
   * Makes pictures visible, whose bytes are durable, and what was intended over.
   *
   * @return false, and nothing changed, where the recording is gone or in the trash
   */
  boolean keep(Subject subject, List<Picture> pictures);

  /** The recording is drawn later. */
  void later(Subject subject, long due);

  /** The recording is drawn no more. */
  void never(Subject subject);

  /** What was intended of a recording and not kept. */
  List<Intent> intended(Subject subject);

  /**
   * The same of recordings that are gone, intended before a tick.
   *
   * @return at most so many
   */
  List<Intent> left(long before, int most);

  /** Forgets what was intended: there are no bytes. */
  void forget(Intent intent);
}
