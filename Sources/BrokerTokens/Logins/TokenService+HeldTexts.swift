import Foundation
package import IdentityBroker

/// What browsers leave here between two requests; see ``HoldPurpose``.
extension TokenService {
    /// Keeps a request for a code that a browser posted, if it is valid.
    ///
    /// - Parameter text: The form.
    /// - Returns: The handle with which the browser brings it again, with its cookies.
    /// - Throws: ``AuthorizationRefusal``, as ``authorize(_:in:)`` does.
    package func holdRequest(_ text: Substring) async throws(AuthorizationRefusal) -> Secret {
        let request = try await readRequest(text)
        return try await answering(request) { () throws(OAuthError) in
            try await storeAccess.handlingRequest { () throws(OAuthError) in
                try await hold(Secret(String(text)), for: .authorization, of: request.client)
            }
        }
    }

    /// Keeps a request to sign a person out that a browser posted.
    ///
    /// - Parameter text: The form.
    /// - Returns: The handle with which the browser brings it again, with its cookies.
    /// - Throws: ``OAuthError``, for a page.
    package func holdLogout(_ text: Substring) async throws(OAuthError) -> Secret {
        _ = try RequestParameters(text)
        return try await storeAccess.handlingRequest { () throws(OAuthError) in
            try await hold(Secret(String(text)), for: .logout, of: "")
        }
    }

    /// Gives back a request that a browser posted.
    ///
    /// - Throws: ``OAuthError``, for a page, if it was given back before, or not within a minute.
    package func heldRequest(_ handle: Secret, for purpose: HoldPurpose) async throws(OAuthError) -> Secret {
        try await storeAccess.handlingRequest { () throws(OAuthError) in
            guard let text = try await release(handle, for: purpose) else { throw .loginLost }
            return text
        }
    }

    /// Keeps an answer for a client until the browser fetches the page that passes it on.
    ///
    /// - Returns: The handle, which is good in this browser alone.
    /// - Throws: ``OAuthError``, for a page.
    package func holdResponse(
        _ response: AuthorizationResponse,
        in cookies: BrowserCookies
    ) async throws(OAuthError) -> Secret {
        guard let browser = cookies.browser, let text = response.stored else { throw .loginLost }
        return try await storeAccess.handlingRequest { () throws(OAuthError) in
            try await hold(text, for: .response, of: "", in: browser)
        }
    }

    /// Gives back an answer for a client.
    ///
    /// - Throws: ``OAuthError``, for a page, if it was given back before, not within a minute, or is of another browser.
    package func heldResponse(
        _ handle: Secret,
        in cookies: BrowserCookies
    ) async throws(OAuthError) -> AuthorizationResponse {
        try await storeAccess.handlingRequest { () throws(OAuthError) in
            guard let browser = cookies.browser,
                let text = try await release(handle, for: .response, in: browser),
                let response = AuthorizationResponse(stored: text)
            else { throw .loginLost }
            return response
        }
    }
}

extension AuthorizationResponse {
    private struct Stored: Codable {
        let redirectURI: String
        let mode: ResponseMode
        let names: [String]
        let values: [String]
    }

    /// The answer as text; nil if it cannot be written.
    fileprivate var stored: Secret? {
        let stored = Stored(
            redirectURI: redirectURI, mode: mode, names: parameters.map(\.name), values: parameters.map(\.value))
        return (try? JSONEncoder().encode(stored)).map { Secret(String(decoding: $0, as: UTF8.self)) }
    }

    fileprivate init?(stored: Secret) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(stored.revealBytes())) else { return nil }
        self.init(
            stored.redirectURI, stored.mode, Array(zip(stored.names, stored.values)).map { (name: $0, value: $1) })
    }
}
