import ArgumentParser

/// The versions of the token endpoint.
enum TokenEndpoint: String, Sendable, CaseIterable, ExpressibleByArgument {
    case v2
    /// With the pages, in place of the API.
    case v3
    /// The third version as it has been reported: it refuses the PKCE of an app that has a secret (20049).
    case v3WithoutPKCE = "v3-without-pkce"

    var path: String { self == .v2 ? "/open-apis/authen/v2/oauth/token" : "/oauth/v3/token" }

    var takesPKCE: Bool { self != .v3WithoutPKCE }
}
