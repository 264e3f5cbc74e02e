import Foundation
import LoopbackServer

/// Answers to requests, at the address for the broker and at the one for browsers.
extension SandboxState {
    /// Answers what the broker, or a developer with curl, asks over TLS.
    mutating func answer(_ request: ReceivedRequest, at now: Date) throws -> ServerScript {
        let (path, query) = Self.parts(of: request)
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
        let (path, query) = Self.parts(of: request)
        // OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2: both ways.
        let parameters: String
        switch request.method {
        case "GET": parameters = query
        case "POST" where Self.isForm(request): parameters = request.bodyText
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
        // The page's own parameters come last.
        var fields = query.split(separator: "&").map(String.init)
        var decision: Decision?
        if let last = fields.last, last.hasPrefix(Page.choiceParameter) {
            fields.removeLast()
            let choice = String(last.dropFirst(Page.choiceParameter.count))
            decision = choice == Page.refusal ? .refuse : person(named: choice).map(Decision.agree)
        }
        let query = fields.joined(separator: "&")
        switch authorize(query, decision, at: now) {
        case .error(let text): return Page(heading: "\(vendor.displayName) sandbox", text: text).script(status: 400)
        case .choice: return Page(choiceOf: people, at: vendor.displayName, query: query).script()
        case .answer(let answer) where answer.isPosted: return Page(posting: answer).script()
        case .answer(let answer):
            let mark = answer.redirectURI.contains("?") ? "&" : "?"
            return .redirect(to: "\(answer.redirectURI)\(mark)\(FormText.encode(answer.parameters))")
        }
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

    private static func parts(of request: ReceivedRequest) -> (path: String, query: String) {
        let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    private static func isForm(_ request: ReceivedRequest) -> Bool {
        let type = request.values(of: "Content-Type").first?.prefix { $0 != ";" }.lowercased()
        return type == "application/x-www-form-urlencoded"
    }

    private mutating func posted(
        _ request: ReceivedRequest,
        answer: (inout SandboxState, [String: String], [String]) throws -> VendorAnswer
    ) throws -> ServerScript {
        do {
            guard request.method == "POST", Self.isForm(request),
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
