import BrokerTokens
import IdentityBroker

/// How a client's people sign in on the service's own pages.
extension Checker {
    /// How the client uses the authorization endpoint.
    func authorization(of client: CheckedSettings) -> AuthorizationSettings {
        let value = client.value
        return AuthorizationSettings(
            redirectURIs: value["redirectURIs"]?.elements?.compactMap(\.text) ?? [],
            isNative: value["native"]?.boolean ?? false,
            pkce: value["pkce"]?.text == "optional" ? .optional : .required,
            requiresPushedRequests: value["par"]?.text == "required",
            consent: value["consent"]?.text == "ask" ? .ask : .skip,
            idTokenAlgorithm: value["idTokenAlgorithm"]?.text.flatMap(SigningAlgorithm.init) ?? .rs256,
            showsClaimsInIDToken: value["idTokenClaims"]?.boolean ?? false,
            postLogoutRedirectURIs: value["postLogoutRedirectURIs"]?.elements?.compactMap(\.text) ?? [],
            backchannelLogoutURI: value["backchannelLogoutURI"]?.text
        )
    }

    /// Reports what does not fit about it.
    mutating func checkSignIn(of client: ClientEntry) {
        let value = client.source.value
        checkUse(of: client)
        if client.grants.contains(.authorizationCode), client.authorization.redirectURIs.isEmpty {
            let message = "'redirectURIs' is missing. Without any, there is nowhere to send authorization codes."
            let path = client.source.path.appending("redirectURIs")
            report(.missingKey, at: value["redirectURIs"]?.position ?? value.position, path, message)
        }
        if client.isPublic, client.authorization.pkce == .optional {
            let message = "A public client needs PKCE: nothing else binds its codes to it. Remove this setting."
            report(client.source.member("pkce"), message)
        }
        checkURIs("redirectURIs", of: client, "A redirect URI")
        checkURIs("postLogoutRedirectURIs", of: client, "A post-logout redirect URI")
        if let uri = client.authorization.backchannelLogoutURI,
            (try? RedirectURI(uri, isNative: false))?.canReceiveTokens != true
        {
            report(client.source.member("backchannelLogoutURI"), "Expected https, or http to a loopback address.")
        }
    }

    /// Settings that mean nothing for a client are mistakes in it.
    private mutating func checkUse(of client: ClientEntry) {
        let value = client.source.value
        if !client.grants.contains(.authorizationCode) {
            for key in ClientSettings.keysOfRedirects where value[key] != nil {
                let message = "This is only for the grant authorization_code. Add it to the grants, or remove this."
                report(client.source.member(key), message)
            }
        }
        if !client.grants.areInteractive {
            for key in ClientSettings.keysOfPages where value[key] != nil {
                let message = """
                    This is only for a client whose people sign in here. Add the grant authorization_code or device_code, or \
                    remove this.
                    """
                report(client.source.member(key), message)
            }
        }
        if value["network"] != nil, client.authorization.backchannelLogoutURI == nil {
            report(client.source.member("network"), "Nothing is sent to this client without 'backchannelLogoutURI'.")
        }
    }

    private mutating func checkURIs(_ key: String, of client: ClientEntry, _ name: String) {
        let elements = client.source.value[key]?.elements ?? []
        for (index, element) in elements.enumerated() {
            let path = client.source.member(key).path.appending(index)
            do throws(RedirectURIFlaw) {
                _ = try RedirectURI(element.text ?? "", isNative: client.authorization.isNative)
            } catch {
                report(.invalidValue, at: element.position, path, "\(name) \(error.rawValue).")
                continue
            }
            if elements[..<index].contains(element) {
                report(.invalidValue, at: element.position, path, "This URI is listed twice.")
            }
        }
    }
}
