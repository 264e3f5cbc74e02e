import HTTPTypes
import IdentityBroker

extension UpstreamResponse {
    /// Reads an answer.
    ///
    /// - Throws: ``TransportFailure/Reason/malformedResponse`` if the status is none of RFC 9110 §15,
    ///   ``TransportFailure/Reason/headersTooLarge`` if there are more fields than anybody sends.
    init(_ answer: IncomingAnswer) throws(TransportFailure) {
        guard (200...599).contains(answer.status) else {
            throw TransportFailure(.malformedResponse, mayHaveLeft: true)
        }
        let head = answer.head
        guard HTTPFields.mayRead(head: head) else {
            throw TransportFailure(.headersTooLarge, mayHaveLeft: true)
        }
        self.init(status: HTTPResponse.Status(code: answer.status), body: answer.body) {
            // There are no more of them than may be: that was asked above.
            HTTPFields(head: head) ?? [:]
        }
    }
}
