/// What a ticket is made of; nobody but the sandbox reads it, and it looks itself up by the text.
struct TicketClaims: Encodable {
    let jti: String
    let userPoolId: String
    let iat: Int
    let exp: Int
}
