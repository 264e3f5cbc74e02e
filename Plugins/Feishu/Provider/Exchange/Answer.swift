import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON

extension UpstreamResponse {
    /// The object in an answer that is a success.
    ///
    /// The body says what it is: a failure has a `code` other than 0, as a number or as text, with a status of 200 or any
    /// other. What a success has to have besides, the caller checks.
    ///
    /// - Throws: ``BrokerError``: what the code or the status means. Feishu's own message is never repeated: it may contain
    ///   what was sent.
    func object(from endpoint: APIEndpoint, at now: Date) throws(BrokerError) -> JSONObject {
        let object = readableObject
        if let member = object?["code"], !member.isNull {
            guard let code = member.wholeNumber else {
                throw .misbehaved("The code in the answer of \(endpoint.title) is no number.")
            }
            if code != 0 { throw endpoint.failure(by: code, retryAfter: timeToWait(at: now)) }
        } else if let error = object?.text("error") {
            let isCode = error.utf8.count <= 64 && error.utf8.allSatisfy(Self.isCodeByte)
            throw TokenError.failure(
                TokenError.kind(of: error), code: isCode ? error : nil, of: endpoint.name,
                settings: "appId and secret")
        }
        guard status.kind == .successful else { throw endpoint.failure(by: status, retryAfter: timeToWait(at: now)) }
        guard let object else { throw .misbehaved("The answer of \(endpoint.title) is not a JSON object.") }
        return object
    }

    /// Whether the answer refuses the app's access token, and so has not looked at anything else in the request.
    var refusesAppToken: Bool {
        guard let code = readableObject?["code"]?.wholeNumber else { return false }
        return Refusal.codesOfAppToken.contains(code)
    }

    /// The object in the body. What is no UTF-8, or half a surrogate pair, costs a name, and anywhere else the answer: it
    /// might be an id.
    private var readableObject: JSONObject? {
        let reader = JSONReader.allowingRawControlCharacters
        if let object = (try? reader.read(body))?.object { return object }
        let object = (try? reader.read(repaired.body))?.object
        return object.flatMap { JSONValue.object($0).isBrokenBeyondNames ? nil : $0 }
    }

    /// How long to wait: Feishu has a header field of its own for it, in seconds.
    private func timeToWait(at now: Date) -> Duration? {
        if let time = retryAfter(at: now) { return time }
        guard let name = HTTPField.Name("x-ogw-ratelimit-reset"), let text = headerFields[name],
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text),
            (1...86_400).contains(seconds)
        else { return nil }
        return .seconds(seconds)
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || byte == 0x5F
    }
}

extension JSONValue {
    /// Whether a text that is no name has a character in place of what could not be read.
    fileprivate var isBrokenBeyondNames: Bool {
        switch self {
        case .string(let text): text.contains("\u{FFFD}")
        case .array(let elements): elements.contains(where: \.isBrokenBeyondNames)
        case .object(let members):
            members.contains { member in
                member.name.contains("\u{FFFD}")
                    || (!Profile.names.contains(member.name) && member.value.isBrokenBeyondNames)
            }
        default: false
        }
    }
}
