extension ServerStep: CustomStringConvertible {
    /// The step in a few words, for the name of a test case.
    public var description: String {
        switch self {
        case .send(let bytes): "send \(bytes.count) bytes"
        case .respond(let response): "respond \(response.status) with \(response.body.count) bytes"
        case .drip(let bytes, _): "drip \(bytes.count) bytes"
        case .flood: "flood"
        case .wait: "wait"
        case .readRequest: "read request"
        case .tunnel: "tunnel"
        case .hang: "hang"
        case .close: "close"
        case .closeWithoutNotify: "close without notify"
        case .reset: "reset"
        }
    }
}

extension ServerScript: CustomStringConvertible {
    /// The steps in a few words, for the name of a test case.
    public var description: String {
        steps.map(\.description).joined(separator: ", ")
    }
}
