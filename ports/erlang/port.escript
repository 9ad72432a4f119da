#!/usr/bin/env escript
%% SES SMTP passwords and SigV4 signing keys with OTP's crypto, as a port of sigvet.
%%
%% From OTP 27 on, module json does what the lower half of this file does.
-mode(compile).

-define(OPS, [<<"ses-smtp-password">>, <<"sigv4-signing-key">>]).

main([]) ->
    %% Bytes in and bytes out. Module io would make characters of them, module file does not.
    ok = io:setopts(standard_io, [binary, {encoding, latin1}]),
    loop(file:read_line(standard_io)).

loop(eof) -> ok;
loop({ok, Line}) ->
    {Message, _} = decode(Line),
    ok = file:write(standard_io, [encode(reply(Message)), $\n]),
    loop(file:read_line(standard_io)).

reply(#{<<"type">> := <<"hello">>, <<"protocol">> := 1}) ->
    #{type => <<"ready">>, protocol => 1, ops => ?OPS, max_in_flight => 32,
      port => #{name => <<"erlang">>, language => <<"Erlang">>,
                version => list_to_binary(erlang:system_info(otp_release)),
                crypto => crypto_library()}};
reply(#{<<"type">> := <<"case">>, <<"id">> := Id, <<"op">> := Op, <<"input">> := Input}) ->
    {Member, Value} = answer(Op, maps:map(fun(_Name, V) -> value(V) end, Input)),
    #{type => <<"answer">>, id => Id, Member => Value}.

crypto_library() ->
    [{_Name, _Number, Text} | _] = crypto:info_lib(),
    Text.

%% A string is UTF-8 already; other bytes come in an object.
value(#{<<"base64">> := Base64}) -> base64:decode(Base64);
value(Value) -> Value.

answer(_Op, #{<<"secret">> := <<>>}) -> {refused, <<"the secret is empty">>};
answer(_Op, #{<<"region">> := <<>>}) -> {refused, <<"the region is empty">>};
answer(_Op, #{<<"service">> := <<>>}) -> {refused, <<"the service is empty">>};
answer(<<"ses-smtp-password">>, #{<<"version">> := 2, <<"secret">> := Secret}) ->
    Mac = hmac(Secret, <<"SendRawEmail">>),
    {output, #{mac => hex(Mac), password => base64:encode(<<2, Mac/binary>>)}};
answer(<<"ses-smtp-password">>, #{<<"version">> := 4, <<"secret">> := Secret,
                                  <<"region">> := Region}) ->
    {Mac, Stages} = chain(Secret, [{date_key, <<"11111111">>},
                                   {region_key, Region},
                                   {service_key, <<"ses">>},
                                   {terminal_key, <<"aws4_request">>},
                                   {message_key, <<"SendRawEmail">>}]),
    {output, Stages#{password => base64:encode(<<4, Mac/binary>>)}};
answer(<<"sigv4-signing-key">>, #{<<"secret">> := Secret, <<"date">> := Date,
                                  <<"region">> := Region, <<"service">> := Service}) ->
    case is_date(Date) of
        true ->
            {_Mac, Stages} = chain(Secret, [{date_key, Date},
                                            {region_key, Region},
                                            {service_key, Service},
                                            {signing_key, <<"aws4_request">>}]),
            {output, Stages};
        false -> {refused, <<"the date is not eight digits">>}
    end;
answer(_Op, _Input) -> {unsupported, <<"this operation or version">>}.

is_date(Date) -> re:run(Date, "\\A[0-9]{8}\\z", [{capture, none}]) =:= match.

%% The MAC of each message under the MAC before it, by name; and the last one as it is.
chain(Secret, Steps) ->
    lists:foldl(fun({Name, Message}, {Key, Stages}) ->
                        Mac = hmac(Key, Message),
                        {Mac, Stages#{Name => hex(Mac)}}
                end, {<<"AWS4", Secret/binary>>, #{}}, Steps).

hmac(Key, Message) -> crypto:mac(hmac, sha256, Key, Message).

hex(Bytes) -> string:lowercase(binary:encode_hex(Bytes)).

%% JSON, as much of it as the protocol has: no fractions. Each function gives a value, or a sign as
%% an atom, and the text behind it.

decode(Text) ->
    case string:trim(Text, leading) of
        <<"{", Rest/binary>> -> object(Rest, #{});
        <<"[", Rest/binary>> -> list(Rest, []);
        <<"\"", Rest/binary>> -> string(Rest, <<>>);
        <<"true", Rest/binary>> -> {true, Rest};
        <<"false", Rest/binary>> -> {false, Rest};
        <<"null", Rest/binary>> -> {null, Rest};
        <<"}", Rest/binary>> -> {'}', Rest};
        <<"]", Rest/binary>> -> {']', Rest};
        <<",", Rest/binary>> -> {',', Rest};
        <<":", Rest/binary>> -> {':', Rest};
        Number -> string:to_integer(Number)
    end.

object(Text, Members) ->
    case decode(Text) of
        {'}', Rest} -> {Members, Rest};
        {',', Rest} -> object(Rest, Members);
        {Name, Rest} ->
            {':', Rest1} = decode(Rest),
            {Value, Rest2} = decode(Rest1),
            object(Rest2, Members#{Name => Value})
    end.

list(Text, Items) ->
    case decode(Text) of
        {']', Rest} -> {lists:reverse(Items), Rest};
        {',', Rest} -> list(Rest, Items);
        {Item, Rest} -> list(Rest, [Item | Items])
    end.

string(<<"\"", Rest/binary>>, Text) -> {Text, Rest};
string(<<"\\u", Hex:4/binary, Rest/binary>>, Text) ->
    case {binary_to_integer(Hex, 16), Rest} of
        {High, <<"\\u", Low:4/binary, Rest1/binary>>} when High band 16#FC00 =:= 16#D800 ->
            <<C/utf16>> = <<High:16, (binary_to_integer(Low, 16)):16>>,
            string(Rest1, <<Text/binary, C/utf8>>);
        {C, _} -> string(Rest, <<Text/binary, C/utf8>>)
    end;
string(<<"\\", C, Rest/binary>>, Text) -> string(Rest, <<Text/binary, (unescape(C))>>);
string(<<C, Rest/binary>>, Text) -> string(Rest, <<Text/binary, C>>).

unescape($b) -> $\b;
unescape($f) -> $\f;
unescape($n) -> $\n;
unescape($r) -> $\r;
unescape($t) -> $\t;
unescape(C) -> C.

encode(#{} = Members) ->
    [${, lists:join($,, [[encode(Name), $:, encode(V)] || {Name, V} <- maps:to_list(Members)]), $}];
encode(Items) when is_list(Items) -> [$[, lists:join($,, [encode(Item) || Item <- Items]), $]];
encode(Number) when is_integer(Number) -> integer_to_binary(Number);
encode(Name) when is_atom(Name) -> encode(atom_to_binary(Name));
encode(Text) -> [$", [escape(C) || <<C>> <= Text], $"].

escape(C) when C < 32; C =:= $"; C =:= $\\ -> io_lib:format("\\u~4.16.0b", [C]);
escape(C) -> C.
