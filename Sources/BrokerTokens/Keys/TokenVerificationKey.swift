import JOSE

/// A public key with its one algorithm, named by its thumbprint (RFC 7638).
struct TokenVerificationKey {
    let id: String
    let algorithm: SigningAlgorithm
    let webKey: JSONWebKey
    let key: VerificationKey

    /// Creates a key from a key of a key set, or nil if no token of this broker is signed with it: a key of another
    /// algorithm or use, or whose name is not its thumbprint.
    init?(_ webKey: JSONWebKey) {
        guard let id = webKey.id, id == webKey.thumbprint, webKey.use == "sig",
            let algorithm = webKey.algorithm.flatMap(SigningAlgorithm.init), let key = VerificationKey(webKey)
        else { return nil }
        self.id = id
        self.algorithm = algorithm
        self.webKey = webKey
        self.key = key
    }
}
