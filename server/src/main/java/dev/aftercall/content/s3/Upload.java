package dev.aftercall.content.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Sends one file as one object, in parts when it is large. Until the last request of an upload the
 * object is not there; a killed process leaves parts behind that only a lifecycle rule of the
 * bucket (AbortIncompleteMultipartUpload) can remove.
 */
final class Upload {
  private final S3Client client;
  private final S3Location location;

  Upload(S3Client client, S3Location location) {
    this.client = client;
    this.location = location;
  }

  void send(Path file, long size, String key) throws IOException {
    if (size > location.partSize()) {
      sendInParts(file, size, key);
      return;
    }
    try (FileBody body = new FileBody(file, 0, size)) {
      String md5 = body.md5();
      client.putObject(
          put -> put.bucket(location.bucket()).key(key).contentMD5(md5), body.asRequestBody());
    }
  }

  private void sendInParts(Path file, long size, String key) throws IOException {
    String id =
        client
            .createMultipartUpload(create -> create.bucket(location.bucket()).key(key))
            .uploadId();
    try {
      List<CompletedPart> parts = sendParts(file, size, key, id);
      client.completeMultipartUpload(
          complete ->
              complete
                  .bucket(location.bucket())
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(parts)));
    } catch (IOException | RuntimeException e) {
      abort(key, id, e);
      throw e;
    }
  }

  private List<CompletedPart> sendParts(Path file, long size, String key, String id)
      throws IOException {
    long partSize = location.partSizeFor(size);
    List<CompletedPart> parts = new ArrayList<>();
    for (long offset = 0; offset < size; offset += partSize) {
      int number = parts.size() + 1;
      try (FileBody body = new FileBody(file, offset, Math.min(partSize, size - offset))) {
        String md5 = body.md5();
        String etag =
            client
                .uploadPart(
                    part ->
                        part.bucket(location.bucket())
                            .key(key)
                            .uploadId(id)
                            .partNumber(number)
                            .contentMD5(md5),
                    body.asRequestBody())
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
      }
    }
    return parts;
  }

  private void abort(String key, String id, Exception cause) {
    try {
      client.abortMultipartUpload(
          abort ->
              abort
                  .bucket(location.bucket())
                  .key(key)
                  .uploadId(id)
                  .overrideConfiguration(S3Clients.SHORT));
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }
}
