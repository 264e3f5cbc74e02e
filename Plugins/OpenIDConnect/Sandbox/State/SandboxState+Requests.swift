import BrokerSandbox
import Foundation
import LoopbackServer

/// Answers to requests, at the address for the broker and at the one for browsers.
extension SandboxState {
    /// Answers what the broker, or a developer with curl, asks over TLS.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let (path, query) = (request.path, request.query)
        if path == documentPath { return try json(document) }
        switch SandboxEndpoint.allCases.first(where: { path == Vendor.path(of: $0) }) {
        case .keys: return try json(["keys": [key.published()]])
        case .token:
            return try posted(request) { state, form, authorization in
                try state.redeem(form, authorization, at: now)
            }
        case .par where vendor.takesPushedRequests:
            return try posted(request) { state, form, authorization in
                try state.push(form, authorization, at: now)
            }
        case .userinfo where vendor.userInfo != nil:
            guard let claims = userInfo(request.values(of: "Authorization"), at: now) else {
                return try json(["error": "invalid_token"], status: 401)
            }
            return try json(claims)
        case .idToken where vendor.issuesNativeTokens:
            return try nativeToken(query, at: now)
        default: return try json(["error": "not_found"], status: 404)
        }
    }

    /// Answers what a person's browser opens.
    mutating func answerBrowser(_ request: ReceivedRequest, at now: Date) -> ServerScript {
        let (path, query) = (request.path, request.query)
        // OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2: both ways.
        let parameters: String
        switch request.method {
        case "GET": parameters = query
        case "POST" where request.isForm: parameters = request.bodyText
        default:
            return Page(heading: "Not possible", text: "Open this page with GET, or post a form.").script(status: 405)
        }
        switch path {
        case Vendor.path(of: .authorize): return authorizePage(parameters, at: now)
        case Vendor.path(of: .logout) where vendor.hasLogout:
            switch logOut(parameters) {
            case .page(let text): return Page(heading: "\(vendor.displayName) sandbox", text: text).script()
            case .redirect(let url): return .redirect(to: url)
            }
        default: return Page(heading: "Not found", text: "There is no page here.").script(status: 404)
        }
    }

    private mutating func authorizePage(_ query: String, at now: Date) -> ServerScript {
        let (query, decision) = Page.choice(in: query, among: people)
        return Page.script(
            of: authorize(query, decision, at: now), at: vendor.displayName, among: people, query: query)
    }

    /// `GET /sandbox/id-token?person=…&nonce=…`
    private func nativeToken(_ query: String, at now: Date) throws -> ServerScript {
        guard let parameters = FormText.parameters(in: query), let nonce = parameters["nonce"],
            let person = parameters["person"].map({ person(named: $0) }) ?? people.first
        else { return try json(["error": "invalid_request"], status: 400) }
        let token = try nativeIDToken(for: person, nonce: nonce, at: now)
        return .respond(
            headers: [HeaderField("Content-Type", "text/plain; charset=utf-8")], body: Array("\(token)\n".utf8))
    }

    private mutating func posted(
        _ request: ReceivedRequest,
        answer: (inout SandboxState, [String: String], [String]) throws -> VendorAnswer
    ) throws -> ServerScript {
        do {
            guard request.method == "POST", request.isForm,
                let form = FormText.parameters(in: request.bodyText)
            else { throw Refusal.request }
            let answer = try answer(&self, form, request.values(of: "Authorization"))
            return try json(answer.members, status: answer.status)
        } catch let refusal as Refusal {
            let answer = vendor.refusal(refusal)
            return try json(answer.members, status: answer.status)
        }
    }

    private func json(_ members: Members, status: Int = 200) throws -> ServerScript {
        .json(try JSON.object(members).encoded(), status: status, headers: [HeaderField("Cache-Control", "no-store")])
    }
}
