/// The content of a ticket. Nothing reads it: the sandbox looks tickets up by their text.
struct TicketClaims: Encodable {
    let jti: String
    let userPoolId: String
    let iat: Int
    let exp: Int
}
