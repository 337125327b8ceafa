#include "xmpp/sasl/scram_message.h"

#include <gtest/gtest.h>

namespace queqiao::xmpp::sasl {
namespace {

using namespace std::string_view_literals;

TEST(ScramMessage, ClientFirstIsTakenApart) {
  const auto first = parse_client_first("p=tls-exporter,a=j=2Cu=3D@b,n=j=2Cu=3D,r=abc,x=extension");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->binding_flag, 'p');
  EXPECT_EQ(first->binding_type, "tls-exporter");
  EXPECT_EQ(first->authzid, "j,u=@b");
  EXPECT_EQ(first->user, "j,u=");
  EXPECT_EQ(first->nonce, "abc");
  EXPECT_EQ(first->gs2_header, "p=tls-exporter,a=j=2Cu=3D@b,");
  EXPECT_EQ(first->bare, "n=j=2Cu=3D,r=abc,x=extension");
}

TEST(ScramMessage, ClientFirstIsStrict) {
  for (const auto message : {""sv,
                             "n"sv,
                             "n,"sv,
                             "n,,"sv,
                             "n=u,r=a"sv,
                             "x,,n=u,r=a"sv,
                             "n,n=u,r=a"sv,
                             "p,,n=u,r=a"sv,
                             "p=,,n=u,r=a"sv,
                             "p=a b,,n=u,r=a"sv,
                             "nn,,n=u,r=a"sv,
                             "n,a=,n=u,r=a"sv,
                             "n,b=u,n=u,r=a"sv,
                             "n,a=u=,n=u,r=a"sv,
                             "n,,r=a,n=u"sv,
                             "n,,n=,r=a"sv,
                             "n,,n=u,r="sv,
                             "n,,n=u"sv,
                             "n,,n=u,r=a,"sv,
                             "n,,n=u,,r=a"sv,
                             "n,,n=u,r=a b"sv,
                             "n,,n=u,r=\xc3\xa9"sv,
                             "n,,n=u=2c,r=a"sv,
                             "n,,n=u=2,r=a"sv,
                             "n,,n=u=,r=a"sv,
                             "n,,n=u=3E,r=a"sv,
                             "n,,n=\xff,r=a"sv,
                             "n,,n=u\0v,r=a"sv,
                             "n,,n=u,r=a\0"sv,
                             "n,,n=u,r=a,1=x"sv,
                             "n,,n=u,r=a,x"sv,
                             "n,,n=u,r=a,x="sv,
                             "N,,n=u,r=a"sv,
                             " n,,n=u,r=a"sv}) {
    EXPECT_FALSE(parse_client_first(message)) << message;
  }
}

TEST(ScramMessage, AnExtensionThatMustBeUnderstoodIsRefused) {
  EXPECT_FALSE(parse_client_first("n,,m=x,n=u,r=a"));
  EXPECT_FALSE(parse_client_first("n,,n=u,r=a,m=x"));
  EXPECT_FALSE(parse_server_first("m=x,r=a,s=c2FsdA==,i=4096"));
  EXPECT_FALSE(parse_server_first("r=a,s=c2FsdA==,i=4096,m=x"));
}

TEST(ScramMessage, NoAttributeComesTwice) {
  EXPECT_FALSE(parse_client_first("n,,n=u,n=v,r=a"));
  EXPECT_FALSE(parse_client_first("n,,n=u,r=a,n=v"));
  EXPECT_FALSE(parse_client_first("n,,n=u,r=a,r=b"));
  EXPECT_FALSE(parse_client_first("n,,n=u,r=a,x=1,x=2"));
  EXPECT_FALSE(parse_server_first("r=a,s=c2FsdA==,i=4096,i=1"));
  EXPECT_FALSE(parse_client_final("c=biws,r=a,r=b,p=cHJvb2Y="));
  EXPECT_FALSE(parse_client_final("c=biws,r=a,p=cHJvb2Y=,p=cHJvb2Y="));
}

TEST(ScramMessage, ServerFirstIsTakenApart) {
  const auto first = parse_server_first("r=abcdef,s=c2FsdA==,i=4096,h=later");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->nonce, "abcdef");
  EXPECT_EQ(first->salt, "salt");
  EXPECT_EQ(first->iterations, 4096u);
}

TEST(ScramMessage, ServerFirstIsStrict) {
  for (const auto* message :
       {"", "r=a", "r=a,s=c2FsdA==", "s=c2FsdA==,r=a,i=4096", "r=a,s=c2FsdA,i=4096", "r=a,s=,i=4096", "r=a,s=!,i=4096",
        "r=a,s=c2FsdA==,i=", "r=a,s=c2FsdA==,i=0", "r=a,s=c2FsdA==,i=-1", "r=a,s=c2FsdA==,i=04096",
        "r=a,s=c2FsdA==,i=4096x", "r=a,s=c2FsdA==,i=99999999999", "r=a,s=c2FsdA==,i=4096,"}) {
    EXPECT_FALSE(parse_server_first(message)) << message;
  }
}

TEST(ScramMessage, ClientFinalIsTakenApart) {
  const auto final = parse_client_final("c=biws,r=abc,x=1,p=cHJvb2Y=");
  ASSERT_TRUE(final);
  EXPECT_EQ(final->binding, "n,,");
  EXPECT_EQ(final->nonce, "abc");
  EXPECT_EQ(final->proof, "proof");
  EXPECT_EQ(final->without_proof, "c=biws,r=abc,x=1");
}

TEST(ScramMessage, ClientFinalIsStrict) {
  for (const auto* message : {"", "c=biws", "c=biws,r=a", "c=biws,r=a,p=", "r=a,c=biws,p=cHJvb2Y=",
                              "c=biws,r=a,p=cHJvb2Y", "c=b,r=a,p=cHJvb2Y=", "c=biws,r=a,p=cHJvb2Y=,x=1",
                              "c=biws,r=a,p=cHJvb2Y=,", "c=biws,p=cHJvb2Y=", "c=biws,r=a,,p=cHJvb2Y="}) {
    EXPECT_FALSE(parse_client_final(message)) << message;
  }
}

TEST(ScramMessage, ServerFinalIsASignatureOrNothing) {
  EXPECT_EQ(parse_server_final("v=c2ln"), "sig");
  EXPECT_EQ(parse_server_final("v=c2ln,x=1"), "sig");
  for (const auto* message : {"", "e=invalid-proof", "v=", "v=c2l", "v=c2ln,v=c2ln", "v=c2ln,"}) {
    EXPECT_FALSE(parse_server_final(message)) << message;
  }
}

TEST(ScramMessage, NamesAreEscaped) {
  EXPECT_EQ(escape_name("a,b=c"), "a=2Cb=3Dc");
}

}  // namespace
}  // namespace queqiao::xmpp::sasl
