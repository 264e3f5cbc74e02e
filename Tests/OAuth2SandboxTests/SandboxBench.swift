import BrokerSandbox
import Crypto
import Foundation
import LoopbackServer
import Testing

@testable import OAuth2Sandbox

/// A sandbox without its servers, and a client that asks it as its vendor wants to be asked.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let redirectURI = "http://127.0.0.1:4711/callback/work"
    static let verifier = String(repeating: "v", count: 43)
    static let secret = "client-secret"

    let vendor: Vendor
    var state: SandboxState

    init(_ vendor: Vendor = .oauth2) {
        self.vendor = vendor
        state = SandboxState(
            vendor,
            client: SandboxClient(
                id: vendor.clientId, secret: Self.secret,
                redirectURIs: RedirectURIs(["https://app.example/callback"], loopbackPath: "/callback/work")),
            site: SandboxSite(base: "https://localhost:1", pages: "http://127.0.0.1:2")
        ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    }

    /// The parameters of an authorization request that the vendor documents.
    var request: [String: String] {
        let scopes = [
            "profile", "email", "basic", "account", "identify", "user_info", "emails", "public_profile", "read:user",
            "user:email", "account_email", "profile_nickname", "profile_image", "get_user_info", "user-read-email",
            "user.info.basic", "users.read", "tweet.read", "users.email", "login:info", "login:email", "login:avatar",
            "phone",
        ]
        var parameters = [
            "response_type": "code", vendor.idName: vendor.clientId, "redirect_uri": Self.redirectURI, "state": "s",
            vendor.scopeName: scopes.joined(separator: String(vendor.scopeSeparator)),
        ]
        if vendor.challenges != .ignored {
            parameters["code_challenge_method"] = "S256"
            parameters["code_challenge"] = Base64URL.encode(SHA256.hash(data: Data(Self.verifier.utf8)))
        }
        return parameters
    }

    /// The answer to an authorization request, with these changes; nil in place of a value removes it.
    mutating func answer(
        _ changes: [String: String?] = [:],
        as decision: Decision = .agree(Person.all[0])
    ) throws -> RedirectAnswer {
        let outcome = state.authorize(FormText.encode(Self.changed(request, changes)), decision, at: Self.now)
        guard case .answer(let answer) = outcome else {
            Issue.record("\(outcome)")
            throw NoAnswer()
        }
        return answer
    }

    /// What the browser brings for a person.
    mutating func callback(
        of person: Person = Person.all[0],
        _ changes: [String: String?] = [:]
    ) throws -> [String: String] {
        try answer(changes, as: .agree(person)).parameters
    }

    /// Redeems what the browser brought, with changes to the parameters and in other fields than the vendor documents.
    mutating func redeem(
        _ callback: [String: String],
        _ changes: [String: String?] = [:],
        headers: [HeaderField]? = nil,
        after seconds: TimeInterval = 1
    ) throws -> (status: Int, members: [String: Any]) {
        try send(redemption(of: callback, changes, headers: headers), after: seconds)
    }

    /// The request that redeems what the browser brought.
    func redemption(
        of callback: [String: String],
        _ changes: [String: String?] = [:],
        headers: [HeaderField]? = nil
    ) -> ReceivedRequest {
        var parameters = [
            "grant_type": "authorization_code", "redirect_uri": Self.redirectURI,
            vendor.redeemedName: callback[vendor.codeName] ?? "",
        ]
        if vendor.challenges != .ignored { parameters["code_verifier"] = Self.verifier }
        for name in vendor.carried { parameters[name] = callback[name] }
        if vendor.type == "qq" { parameters.merge(["fmt": "json", "need_openid": "1"]) { $1 } }
        var fields = [HeaderField("Accept", "application/json")]
        if vendor.methods.contains(.basic) {
            let basic = Data("\(vendor.clientId):\(Self.secret)".utf8).base64EncodedString()
            fields.append(HeaderField("Authorization", "Basic \(basic)"))
        } else {
            parameters[vendor.idName] = vendor.clientId
            if !vendor.methods.contains(.none) { parameters[vendor.secretName] = Self.secret }
        }
        return Self.received(
            vendor.tokenMethod, vendor.paths.token, Self.changed(parameters, changes), headers ?? fields)
    }

    /// Asks for a record with a token, with changes to the parameters.
    mutating func ask(
        _ path: String,
        _ record: RecordRequest,
        with token: String,
        of id: String = "",
        _ changes: [String: String?] = [:],
        headers: [HeaderField]? = nil
    ) throws -> (status: Int, members: [String: Any]) {
        try send(query(path, record, with: token, of: id, changes, headers: headers), after: 2)
    }

    /// The request for a record with a token.
    func query(
        _ path: String,
        _ record: RecordRequest,
        with token: String,
        of id: String = "",
        _ changes: [String: String?] = [:],
        headers: [HeaderField]? = nil
    ) -> ReceivedRequest {
        var (parameters, fields) = ([String: String](), [HeaderField("User-Agent", "test")])
        for (name, wanted) in record.parameters {
            parameters[name] =
                switch wanted {
                case .text(let text): text
                case .some: "id,open_id,union_id,name,email,display_name,picture.type(large)"
                case .clientId: vendor.clientId
                case .personId: id
                case .proof: Self.proof(of: token)
                }
        }
        switch vendor.token {
        case .header(let scheme): fields.append(HeaderField("Authorization", "\(scheme) \(token)"))
        case .query(let name), .form(let name): parameters[name] = token
        }
        return Self.received(record.method, path, Self.changed(parameters, changes), headers ?? fields)
    }

    /// Sends a request.
    mutating func send(
        _ request: ReceivedRequest,
        after seconds: TimeInterval
    ) throws -> (status: Int, members: [String: Any]) {
        try Self.contents(of: state.answer(request, at: Self.now.addingTimeInterval(seconds)))
    }

    private static func received(
        _ method: String,
        _ path: String,
        _ parameters: [String: String],
        _ headers: [HeaderField]
    ) -> ReceivedRequest {
        let text = FormText.encode(parameters)
        let form = [HeaderField("Content-Type", "application/x-www-form-urlencoded")]
        return method == "GET"
            ? ReceivedRequest(method: method, target: text.isEmpty ? path : "\(path)?\(text)", headers: headers)
            : ReceivedRequest(method: method, target: path, headers: headers + form, body: Array(text.utf8))
    }

    /// The status and the JSON object of an answer; a list is its member `list`.
    static func contents(of script: ServerScript) throws -> (status: Int, members: [String: Any]) {
        guard case .respond(let response)? = script.steps.first else { throw NoAnswer() }
        let json = try? JSONSerialization.jsonObject(with: Data(response.body))
        return (response.status, json as? [String: Any] ?? ["list": json ?? []])
    }

    static func proof(of token: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data(token.utf8), using: SymmetricKey(data: Data(secret.utf8)))
            .map { String(format: "%02x", $0) }.joined()
    }

    static func changed(_ parameters: [String: String], _ changes: [String: String?]) -> [String: String] {
        changes.reduce(into: parameters) { $0[$1.key] = $1.value }
    }

    private struct NoAnswer: Error {}
}

extension Vendor: CustomTestStringConvertible {
    /// Its type.
    public var testDescription: String { type }

    /// All that the sandbox plays.
    static let all = [Vendor.oauth2] + OAuth2Sandbox.presets
}

extension ReceivedRequest {
    /// The same request with one thing changed.
    func with(
        method: String? = nil,
        target: String? = nil,
        headers: [HeaderField]? = nil,
        body: String? = nil
    ) -> ReceivedRequest {
        ReceivedRequest(
            method: method ?? self.method, target: target ?? self.target, headers: headers ?? self.headers,
            body: body.map { Array($0.utf8) } ?? self.body)
    }
}
