package import Foundation
import HTTPTypes
package import IdentityBroker
package import StrictJSON

extension JSONReader {
    /// The reader for everything that an upstream sends. The transport has already refused what is longer than the
    /// instance's `responseSize`.
    package static let upstream = JSONReader(limits: Limits(maximumBytes: .max, maximumDepth: 32))
}

extension UpstreamResponse {
    /// The failure if the provider cannot serve now, or wants fewer requests: a status of 429, or of 500 and above.
    ///
    /// - Parameter place: Who answers, at the beginning of a sentence.
    package func outage(of place: String, at now: Date) -> BrokerError? {
        switch status.code {
        case 429:
            BrokerError(.rateLimited, "\(place) wants fewer requests.", retryAfter: retryAfter(at: now))
        case 500...:
            BrokerError(
                .upstreamUnavailable, "\(place) reports a failure of its own.", retryAfter: retryAfter(at: now))
        default:
            nil
        }
    }

    /// The JSON object in the body; nil if there is none.
    package var object: JSONObject? { (try? JSONReader.upstream.read(body))?.object }

    /// Why there is no object in the body, as the predicate of a sentence. Contains nothing of the body.
    package var objectFault: String {
        do throws(JSONError) {
            _ = try JSONReader.upstream.read(body)
            return "is JSON, but not an object"
        } catch {
            return error.predicate
        }
    }
}

extension JSONError {
    /// What is wrong with a document, as the predicate of a sentence: one with a member twice is JSON, and is refused.
    package var predicate: String {
        code == .duplicateName
            ? "is refused: a member occurs twice in one object, so it is unclear which one counts" : "is not JSON"
    }
}
