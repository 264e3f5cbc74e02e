/// How the record is wrapped. Each of these occurs in the vendor's pages, samples or clients.
///
/// A refusal has an envelope in every shape.
public enum EnvelopeShape: Sendable, Hashable, CaseIterable {
    /// The record alone, as the page on this endpoint shows it.
    case bare

    /// `{"code":200,"message":…,"data":{…}}`.
    case object

    /// `{"code":200,"message":…,"data":"…"}` with the record as JSON text, as the vendor's iOS demo reads it.
    case jsonText

    /// `{"code":200,"message":…,"data":{"code":200,"message":…,"data":{…}}}`, as the QR code endpoint does.
    case nested

    /// `{"statusCode":200,"message":…,"data":{…}}`, as version 3 of the API does; the code of a refusal is `apiCode`.
    case statusCode
}

extension EnvelopeShape {
    /// The body of a successful answer.
    func text(_ record: some Encodable) throws -> String {
        switch self {
        case .bare: try JSONText.encode(record)
        case .object: try JSONText.encode(Envelope(code: .success, data: record))
        case .jsonText: try JSONText.encode(Envelope(code: .success, data: JSONText.encode(record)))
        case .nested:
            try JSONText.encode(Envelope(code: .success, data: Envelope(code: .success, data: record)))
        case .statusCode: try JSONText.encode(StatusEnvelope(code: .success, data: record))
        }
    }

    /// The body of a refusal.
    func text(_ refusal: BusinessCode) throws -> String {
        switch self {
        case .bare, .object, .jsonText, .nested: try JSONText.encode(Envelope<String>(code: refusal, data: nil))
        case .statusCode: try JSONText.encode(StatusEnvelope<String>(code: refusal, data: nil))
        }
    }
}

/// The envelope of the first two generations of the API.
struct Envelope<Content: Encodable>: Encodable {
    private enum CodingKeys: CodingKey {
        case code, message, data
    }

    let code: BusinessCode
    let data: Content?

    func encode(to encoder: any Encoder) throws {
        var envelope = encoder.container(keyedBy: CodingKeys.self)
        try envelope.encode(code.rawValue, forKey: .code)
        try envelope.encode(code.message, forKey: .message)
        try envelope.encode(data, forKey: .data)
    }
}

/// The envelope of version 3 of the API.
struct StatusEnvelope<Content: Encodable>: Encodable {
    private enum CodingKeys: CodingKey {
        case statusCode, apiCode, message, data
    }

    /// The `statusCode` that goes with an `apiCode`.
    private static var clientError: Int { 499 }

    let code: BusinessCode
    let data: Content?

    func encode(to encoder: any Encoder) throws {
        var envelope = encoder.container(keyedBy: CodingKeys.self)
        let isSuccess = code == .success
        try envelope.encode(isSuccess ? code.rawValue : Self.clientError, forKey: .statusCode)
        try envelope.encodeIfPresent(isSuccess ? nil : code.rawValue, forKey: .apiCode)
        try envelope.encode(code.message, forKey: .message)
        try envelope.encode(data, forKey: .data)
    }
}
