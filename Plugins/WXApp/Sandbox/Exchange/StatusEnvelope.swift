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
