import Foundation
import LoopbackServer

@testable import WXAppSandbox

/// A sandbox's state at a fixed time, with known secrets, and requests to it.
struct SandboxFixture {
    static let pool = "5e4cdd055df3df65dc58b97d"
    static let path = "/oauth/app2wxapp/auth/\(pool)"
    static let now = Date(timeIntervalSince1970: 1_582_781_600.796)

    var state: SandboxState

    init(requiresSecret: Bool = true, envelope: EnvelopeShape = .object) {
        state = SandboxState(
            GenAuthSandbox.Configuration(
                requiresSecret: requiresSecret, secret: "secret", tokenKey: "token key", envelope: envelope)
        )
    }

    static func body(ticket: String, secret: String? = "secret") -> String {
        secret.map { #"{"ticket":"\#(ticket)","secret":"\#($0)"}"# } ?? #"{"ticket":"\#(ticket)"}"#
    }

    mutating func post(
        _ body: String, method: String = "POST", target: String = path, after delay: TimeInterval = 0
    ) throws -> ServerScript {
        try state.answer(
            ReceivedRequest(method: method, target: target, body: Array(body.utf8)),
            at: Self.now.addingTimeInterval(delay))
    }

    /// The body of a script's only response.
    static func text(_ script: ServerScript) throws -> String {
        guard case .respond(let response) = script.steps.first, script.steps.count == 1 else { throw NoResponse() }
        return String(decoding: response.body, as: UTF8.self)
    }

    struct NoResponse: Error {}
}
