/// Why a token is refused: for the developer of a resource server, and without secrets.
enum TokenFault: String, Error {
    case tooLong = "it is too long"
    case malformed = "it is not a JSON Web Signature in compact form"
    case wrongHeader = "its header has to name alg, kid and typ, and nothing else"
    case wrongType = "it is a token of another type"
    case unknownKey = "no key of the issuer has its kid"
    case wrongAlgorithm = "its alg is not the algorithm of its key"
    case wrongSignature = "its signature does not verify"
    case malformedClaims = "a claim that it must have is missing or malformed"
    case wrongIssuer = "it is of another issuer"
    case wrongAudience = "it is meant for another audience"
    case expired = "it has expired"
    case notYetValid = "it is not valid yet"
}
