import IdentityBroker
import OAuthClient
import UpstreamAPI

/// The names of a request's parameters, each of which it has once (RFC 6749 §3.1 and §3.2): of two values, an upstream could
/// take either.
struct ParameterNames {
    private var names: Set<String>
    /// The first member that has a wrong name, and what is wrong; nil if all is well.
    private(set) var fault: (key: String, message: String)?

    /// Begins with the names of what the broker sends.
    init(_ names: Set<String> = []) {
        self.names = names
    }

    /// - Parameter member: The member that they are in, by its key, or by the keys that lead to it.
    mutating func add(_ others: some Collection<String>, of member: String) {
        for name in others where fault == nil {
            let key = String(member.prefix { $0 != "." })
            if name.isEmpty { fault = (key, "\(member) has an empty name of a parameter.") }
            if !names.insert(name).inserted {
                fault = (key, "\(member) has a parameter that the request has anyway. Take it out, or rename it.")
            }
        }
    }
}

extension Declaration {
    /// What is wrong with the names of the parameters at the authorization and the token endpoint; nil if nothing.
    var faultOfNames: (key: String, message: String)? {
        var asked = ParameterNames([
            "response_type", "redirect_uri", "state", "code_challenge", "code_challenge_method",
        ])
        asked.add([client.idName], of: "client.idName")
        asked.add([authorization.scopeName], of: "authorization.scopeName")
        var answered = ParameterNames(["state", "iss", "error"])
        answered.add(authorization.codeNames, of: "authorization.codeNames")
        var redeemed = ParameterNames(["grant_type", "redirect_uri", "code_verifier"])
        redeemed.add([client.idName], of: "client.idName")
        redeemed.add([client.secretName], of: "client.secretName")
        redeemed.add([token.codeName], of: "token.codeName")
        redeemed.add(authorization.carriedParameters, of: "authorization.carriedParameters")
        redeemed.add(token.parameters.keys, of: "token.parameters")
        return asked.fault ?? answered.fault ?? redeemed.fault ?? faultOfParameters
    }

    private var faultOfParameters: (key: String, message: String)? {
        var fields = FormFields()
        for name in ["response_type", client.idName, authorization.scopeName] { fields.add(name, "") }
        do {
            try FurtherParameters.add(
                authorization.parameters, to: &fields, allowing: OAuth2Provider.Settings.allowedParameters)
            return nil
        } catch {
            return ("authorization", "authorization.parameters: \(error.message)")
        }
    }
}
