package dev.aftercall.fetch;

import java.net.URI;

/** Where a recorder says that a file lies. Nothing of it is believed before it was checked. */
public sealed interface Location {
  /**
   * Something to GET. Its query may be what authorizes, and is not shown for that.
   *
   * @param url absolute, http or https
   */
  record Web(URI url) implements Location {
    @Override
    public String toString() {
      return Shown.of(url);
    }
  }

  /**
   * What a recorder's own API answers, of whatever type. Its query may be what authorizes.
   *
   * @param url absolute, http or https
   */
  record Api(URI url) implements Location {
    @Override
    public String toString() {
      return Shown.of(url);
    }
  }

  /**
   * An object of an object store.
   *
   * @param key as the store knows it, not URL-encoded
   */
  record Bucket(String bucket, String key) implements Location {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + key;
    }
  }

  /**
   * A file on a disk that recorder and archive share.
   *
   * @param path as the recorder sees it; absolute, or from the shared folder on
   */
  record File(String path) implements Location {
    @Override
    public String toString() {
      return path;
    }
  }

  /**
   * A file in a tar archive on such a disk; written {@code tar:archive!/name}.
   *
   * @param archive as {@link File#path}
   * @param name in the archive; never a path
   */
  record Member(String archive, String name) implements Location {
    @Override
    public String toString() {
      return "tar:" + archive + "!/" + name;
    }
  }
}
