/// An answer wrapped in the way of version 3.
struct StatusEnvelope<Content: Encodable>: Encodable {
    private enum CodingKeys: CodingKey {
        case statusCode, apiCode, message, data
    }

    /// What `statusCode` says when `apiCode` says more.
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
