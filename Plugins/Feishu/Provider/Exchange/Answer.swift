import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

extension UpstreamResponse {
    /// The object in an answer that is a success.
    ///
    /// The body says what it is: a failure has a `code` other than 0, as a number or as text, with a status of 200 or any
    /// other. What a success has to have besides, the caller checks.
    ///
    /// The token endpoint may say a standard `error` instead (RFC 6749 §5.2), unless the status says that it cannot serve.
    ///
    /// - Throws: ``BrokerError``: what the code or the status means. Feishu's own message is never repeated: it may contain
    ///   what was sent.
    func object(from endpoint: APIEndpoint, at now: Date) throws(BrokerError) -> JSONObject {
        let object = readableObject
        let hasCode = object?["code"].map { !$0.isNull } ?? false
        if !hasCode, !isOutage, endpoint.name == APIEndpoint.token.name, let error = object?.text("error") {
            throw TokenError.failure(
                TokenError.kind(of: error), code: error, status: status.code, of: endpoint.name,
                settings: "appId and secret")
        }
        return try endpoint.success(object, codeIn: "code", under: status, retryAfter: timeToWait(at: now))
    }

    /// Whether the answer refuses the app's access token, and so has not looked at anything else in the request.
    var refusesAppToken: Bool {
        guard let code = readableObject?["code"]?.wholeNumber else { return false }
        return Refusal.codesOfAppToken.contains(code)
    }

    /// The members that identify no one.
    private static let words: Set = [
        "name", "en_name", "email", "enterprise_email", "mobile", "employee_no", "avatar_url", "avatar_thumb",
        "avatar_middle", "avatar_big", "msg",
    ]

    /// The object in the body. What is no UTF-8, or half a surrogate pair, costs a word about the person or the answer, and
    /// anywhere else the answer: it might be an id.
    private var readableObject: JSONObject? {
        (try? JSONReader.allowingRawControlCharacters.read(repaired(in: Self.words).body))?.object
    }

    private var isOutage: Bool { status.code == 429 || status.code >= 500 }

    /// How long to wait: Feishu has a header field of its own for it, in seconds.
    private func timeToWait(at now: Date) -> Duration? {
        if let time = retryAfter(at: now) { return time }
        guard let name = HTTPField.Name("x-ogw-ratelimit-reset"), let text = headerFields[name],
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text),
            (1...86_400).contains(seconds)
        else { return nil }
        return .seconds(seconds)
    }
}
