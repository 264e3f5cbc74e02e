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
