package dev.aftercall.arrival;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Asks by what fetches the source's files. */
record AskingByFetcher(Fetcher fetcher) implements Enquiry.Asking {
  @Override
  public byte[] get(URI url, int most) throws FetchException {
    Location at = new Location.Api(url);
    try (Fetched answer = fetcher.open(at, 0, Optional.empty())) {
      byte[] bytes = answer.bytes().readNBytes(most + 1);
      if (bytes.length > most) {
        throw new FetchException(
            Kind.TOO_LARGE, at + " answered more than " + most + " bytes. It is tried again.");
      }
      return bytes;
    } catch (FetchException e) {
      throw e;
    } catch (IOException e) {
      throw new FetchException(Kind.BROKEN, at + " broke off. It is tried again.", e);
    }
  }

  @Override
  public boolean there(Location at) throws FetchException {
    try (Fetched _ = fetcher.open(at, 0, Optional.empty())) {
      return true;
    } catch (FetchException e) {
      if (e.kind() == Kind.GONE || e.kind() == Kind.NOT_MEDIA) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      return true; // it was there, and closing it went wrong
    }
  }
}
