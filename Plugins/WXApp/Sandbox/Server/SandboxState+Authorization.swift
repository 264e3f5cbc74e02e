import LoopbackServer

import Foundation

extension SandboxState {
    /// What the mini program returns if it was launched with this query.
    mutating func authorize(
        _ query: LaunchQuery, as user: SandboxUser, decision: AuthorizationDecision, at now: Date
    ) throws -> ReturnedQuery {
        guard query.userPoolId == configuration.userPoolId else { return .refusal(.noSuchUserPool) }
        guard query.isFromApp else { return .refusal(.notLaunchedFromApp) }
        guard decision == .agree else { return .cancelled }
        return .ticket(try mint(for: user, isPhoneGranted: query.asksForPhone, at: now))
    }

    /// `GET /sandbox/authorize?…`: the launch query, plus `user` and `decision`.
    mutating func authorization(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let query = LaunchQuery(request.target)
        let decision = query["decision"].map(AuthorizationDecision.init(rawValue:)) ?? .agree
        guard request.method == "GET" else { return returned(.refusal(.methodNotAllowed)) }
        guard let decision else { return returned(.refusal(.malformedRequest)) }
        guard let user = user(named: query["user"]) else { return returned(.refusal(.noSuchUser)) }
        return returned(try authorize(query, as: user, decision: decision, at: now))
    }

    private func returned(_ query: ReturnedQuery) -> ServerScript {
        .respond(
            headers: [HeaderField("Content-Type", "text/plain; charset=utf-8")],
            body: Array("\(query.text(percentEncoded: false))\n".utf8)
        )
    }
}
