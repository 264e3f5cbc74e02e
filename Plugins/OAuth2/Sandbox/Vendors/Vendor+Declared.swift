import BrokerSandbox

extension Vendor {
    /// An upstream that follows a user's own declaration, in everything that RFC 6749 leaves open and a declaration decides.
    ///
    /// - Parameter text: The declaration as YAML; nil is returned for what is no mapping.
    init?(declared text: String) {
        guard let declaration = JSON(yaml: text), case .object = declaration else { return nil }
        let (client, authorization) = (declaration["client"], declaration["authorization"])
        let (token, profile, emails) = (declaration["token"], declaration["profile"], declaration["emails"])
        let parts = [authorization, token, profile, emails]
        self.init(
            type: "oauth2",
            displayName: "declared upstream",
            paths: Paths(
                authorization: "/authorize", token: "/token", profile: "/user",
                emails: emails == nil ? nil : "/user/emails"),
            profile: Self.profile(of: declaration))
        settings = { base in
            let host = String(base.trimmingPrefix("https://"))
            let addresses = [declaration["issuer"]?.text] + parts.map { $0?["url"]?.text }
            let needsHost = addresses.contains { $0?.contains("{host}") == true } && declaration["host"] == nil
            return [SandboxSetting("declaration", .file(text))]
                + (needsHost ? [SandboxSetting("host", .text(host))] : [])
        }
        idName = client?["idName"]?.text ?? idName
        secretName = client?["secretName"]?.text ?? secretName
        methods = [client?["authMethod"]?.text.flatMap(ClientMethod.init) ?? .post]
        scopeName = authorization?["scopeName"]?.text ?? scopeName
        scopeSeparator = authorization?["scopeSeparator"]?.text?.first ?? scopeSeparator
        challenges = declaration["pkce"]?.text == "off" ? .ignored : .required
        codeName = authorization?["codeNames"]?.texts.first ?? codeName
        carried = Set(authorization?["carriedParameters"]?.texts ?? [])
        returned = { [carried] _ in
            Dictionary(uniqueKeysWithValues: carried.subtracting(["state"]).map { ($0, "sandbox-\($0)") })
        }
        tokenMethod = token?["method"]?.text ?? tokenMethod
        redeemedName = token?["codeName"]?.text ?? redeemedName
        format = { _ in token?["format"]?.text == "form" ? .form : .json }
        tokens = { Self.tokens($0, of: declaration) }
        tokenError = { refusal in Self.error(refusal.standard, of: declaration) }
        recordError = { refusal in Self.error(refusal.standard, of: declaration) }
        self.token = Self.place(in: profile)
        self.emails = emails.map { Self.emails($0) }
        id = { .text(Self.id(of: $0)) }
    }

    private static func place(in request: JSON?) -> TokenPlace {
        let name = request?["tokenName"]?.text ?? "access_token"
        switch request?["token"]?.text {
        case "query": return .query(name)
        case "form": return .form(name)
        default: return .header(request?["scheme"]?.text ?? "Bearer")
        }
    }

    private static func id(of person: Person) -> String { "24828976200\(person.number)" }

    /// The answer to a code: the token where the declaration looks for it, and every id and parameter that it takes from there.
    private static func tokens(_ grant: Grant, of declaration: JSON) -> JSON {
        var answer = DeclaredRecord()
        answer.set(.text(grant.accessToken), at: declaration["token"]?["accessToken"]?.text ?? "/access_token")
        answer.set("bearer", at: "/token_type")
        answer.set(3600, at: "/expires_in")
        let ids = declaration["tokenSubject"]?.texts ?? []
        let others = [declaration["profile"], declaration["emails"]]
            .flatMap { ($0?["tokenParameters"]?.members ?? [:]).values.compactMap(\.text) }
        for pointer in ids + others { answer.set(.text(id(of: grant.person)), at: pointer) }
        return answer.contents
    }

    /// What a request with the token has besides it.
    private static func parameters(of request: JSON?) -> [String: RecordRequest.Wanted] {
        var wanted = (request?["parameters"]?.members ?? [:]).compactMapValues {
            $0.text.map(RecordRequest.Wanted.text)
        }
        for name in (request?["tokenParameters"]?.members ?? [:]).keys { wanted[name] = .personId }
        if let name = request?["clientIdName"]?.text { wanted[name] = .clientId }
        if let name = request?["proofName"]?.text { wanted[name] = .proof }
        return wanted
    }

    private static func profile(of declaration: JSON) -> RecordRequest {
        let request = declaration["profile"]
        return RecordRequest(
            method: request?["method"]?.text ?? "GET", parameters: parameters(of: request)
        ) { query in
            let person = query.person
            var record = DeclaredRecord()
            for pointer in declaration["subject"]?.texts ?? [] { record.set(.text(id(of: person)), at: pointer) }
            let sources = (declaration["claims"]?.members ?? [:]).compactMapValues(\.text).sorted { $0.key < $1.key }
            // Those that are one pointer first: a text may have their values in it.
            let (texts, pointers) = (
                sources.filter { $0.value.contains("{") }, sources.filter { $0.value.hasPrefix("/") }
            )
            for (name, source) in pointers + texts {
                if let value = person.claims[name] { record.set(value, from: source) }
            }
            if person.email != nil { record.set(person.isEmailVerified, on: declaration["emailVerified"]) }
            record.set(true, on: declaration["phoneNumberVerified"])
            for (name, pointer) in (declaration["attributes"]?.members ?? [:]).compactMapValues(\.text) {
                record.set(.text("sandbox-\(name)"), at: pointer)
            }
            return JSON.object([:]).setting(record.contents, at: request?["record"]?.text ?? "")
        }
    }

    private static func emails(_ request: JSON) -> RecordRequest {
        RecordRequest(
            method: request["method"]?.text ?? "GET", token: place(in: request), parameters: parameters(of: request)
        ) { query in
            let person = query.person
            func element(_ address: String, isPrimary: Bool, isVerified: Bool) -> JSON {
                var element = DeclaredRecord()
                element.set(.text(address), at: request["address"]?.text ?? "/email")
                element.set(isPrimary, on: request["primary"])
                element.set(isVerified, on: request["verified"])
                return element.contents
            }
            let list = person.email.map { email in
                [
                    element(email, isPrimary: true, isVerified: person.isEmailVerified),
                    element("other@people.example", isPrimary: false, isVerified: true),
                ]
            }
            return JSON.object([:]).setting(.list(list ?? []), at: request["list"]?.text ?? "")
        }
    }

    /// An error of the standard, with its code where the declaration looks for it.
    private static func error(_ answer: VendorAnswer, of declaration: JSON) -> VendorAnswer {
        let code = answer.contents["error"] ?? .null
        let pointer = declaration["errors"]?["codes"]?.texts.first ?? "/error"
        return VendorAnswer(status: answer.status, contents: JSON.object([:]).setting(code, at: pointer))
    }
}
