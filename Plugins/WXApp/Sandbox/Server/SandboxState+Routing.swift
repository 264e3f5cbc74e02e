import LoopbackServer

import Foundation

extension SandboxState {
    private static let exchangePath = "/oauth/app2wxapp/auth/"
    private static let authorizationPath = "/sandbox/authorize"

    /// Answers a request: the documented exchange, the sandbox's own page, or a refusal in GenAuth's form.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let path = URLComponents(string: request.target)?.path ?? ""
        if path.hasPrefix(Self.exchangePath) {
            return try exchange(request, userPoolId: String(path.dropFirst(Self.exchangePath.count)), at: now)
        }
        if path == Self.authorizationPath {
            return try authorization(request, at: now)
        }
        return try refusal(.noSuchPath)
    }

    func refusal(_ code: BusinessCode) throws -> ServerScript {
        json(try configuration.envelope.text(code))
    }

    func json(_ text: String) -> ServerScript {
        .respond(
            headers: [HeaderField("Content-Type", "application/json; charset=utf-8")], body: Array(text.utf8))
    }
}
