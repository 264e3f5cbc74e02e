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
