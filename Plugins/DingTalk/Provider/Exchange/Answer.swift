import Foundation
import HTTPTypes
import IdentityBroker
import StrictJSON
import UpstreamAPI

extension UpstreamResponse {
    /// The object in an answer that is a success.
    ///
    /// The body says what it is: a failure has a `code`, and a success none, with any status of 2xx. What a success has to have
    /// besides, the caller checks. Where the status says that DingTalk cannot serve, only a code that is known says more.
    ///
    /// - Throws: ``BrokerError``: what the code or the status means. DingTalk's own message is never repeated.
    func object(from endpoint: Endpoint, at now: Date) throws(BrokerError) -> JSONObject {
        let object = readableObject
        if let refusal = object.flatMap({ Refusal(in: $0, from: endpoint) }), refusal.isListed || !isOutage {
            throw refusal.error(retryAfter: retryAfter(at: now))
        }
        guard status.kind == .successful else {
            if let outage = outage(of: "DingTalk", at: now) { throw outage }
            switch status.code {
            case 401, 403, 404, 405:
                throw .misconfigured("There is no \(endpoint.name) of DingTalk at that address. Check apiURL.")
            default:
                throw .misbehaved("DingTalk's \(endpoint.name) answered with an HTTP status that it does not have.")
            }
        }
        guard let object else { throw .misbehaved("The answer of DingTalk's \(endpoint.name) is not a JSON object.") }
        return object
    }

    private var isOutage: Bool { status.code == 429 || status.code >= 500 }

    /// The members that identify no one.
    private static let words: Set = ["nick", "avatarUrl", "mobile", "email", "stateCode", "message"]

    /// The object in the body. What is no UTF-8, or half a surrogate pair, costs a word about the person or the answer, and
    /// anywhere else the answer: it might be an id.
    private var readableObject: JSONObject? {
        (try? JSONReader.allowingRawControlCharacters.read(repaired(in: Self.words).body))?.object
    }
}
